/** The ready-made replies that the institution edits. `app.template_problem` repeats every rule. */

/** The decisions and reasons that have one. `duplicate_unnamed`: a duplicate of a folio that is not written yet. */
export const TEMPLATE_CODES = [
  'accept',
  'publish',
  'request_correction',
  'not_select',
  'discriminatory',
  'third_party_data',
  'propaganda',
  'copyright',
  'minor_unauthorised',
  'off_topic',
  'unintelligible',
  'duplicate',
  'duplicate_unnamed',
  'other',
] as const
export type TemplateCode = (typeof TEMPLATE_CODES)[number]

/** Shorter than a message, so that it holds the words of its variables. In code points. */
export const TEMPLATE_MAX = 1900

/** The variables of a reply: the submission, as «tu propuesta», and of a duplicate the folio that it repeats. */
export const variablesOf = (code: TemplateCode): readonly string[] =>
  code === 'duplicate' ? ['envio', 'folio'] : ['envio']

/** What is wrong with a reply; null when nothing is. */
export function refuseTemplate(
  code: TemplateCode,
  text: string,
): 'template_too_long' | 'template_variable' | null {
  if ([...text].length > TEMPLATE_MAX) return 'template_too_long'
  const rest = variablesOf(code).reduce((left, name) => left.replaceAll(`{${name}}`, ''), text)
  return /[{}]/u.test(rest) ? 'template_variable' : null
}

/** A reply with the words of its variables. */
export const fillTemplate = (text: string, words: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => words[name] ?? whole)
