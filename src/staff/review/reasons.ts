/** The ready-made replies: the institution's, or the app's. They fill the form, where staff read and edit them before sending. */
import { fillTemplate, type TemplateCode } from '@/domain/replyTemplates'
import type { ReplyTemplates } from '@/domain/staffRows'
import { type Choice, isAmendment, type ReasonCode } from '@/domain/states'
import messages from '@/i18n/es-MX/staff.json'

/** The app's replies with their variables; '' where it has none. «Otra razón» needs the member's own words. */
export const APP_TEMPLATES: Readonly<Record<TemplateCode, string>> = {
  accept: '',
  publish: '',
  request_correction: '',
  not_select: '',
  discriminatory: messages['template.discriminatory'],
  third_party_data: messages['template.third_party_data'],
  propaganda: messages['template.propaganda'],
  copyright: messages['template.copyright'],
  minor_unauthorised: messages['template.minor_unauthorised'],
  off_topic: messages['template.off_topic'],
  unintelligible: messages['template.unintelligible'],
  duplicate: messages['template.duplicate'],
  duplicate_unnamed: messages['template.duplicate_unnamed'],
  other: '',
}

/** Whose reply a decision takes; null for an amendment, and for a rejection without a reason yet. `folio`: that of the repeated submission. */
export function templateCode(
  decision: Choice,
  reason: ReasonCode | '',
  folio: string | null,
): TemplateCode | null {
  if (decision === 'accept_publish') return 'publish'
  if (isAmendment(decision)) return null
  if (decision !== 'reject') return decision
  if (reason === '') return null
  return reason === 'duplicate' && !folio ? 'duplicate_unnamed' : reason
}

/** The reply with the words of its variables. A copy that a phone kept from before has `{noun}`, and is filled too. */
export const replyOf = (
  code: TemplateCode,
  texts: ReplyTemplates['texts'],
  words: { noun: string; folio: string },
): string => fillTemplate(texts[code] ?? APP_TEMPLATES[code], { ...words, envio: words.noun })

/** The text to show when the template changes from `before` to `next`. Written or edited text is never replaced. */
export const withTemplate = (written: string, before: string, next: string): string =>
  written.trim() === '' || written === before ? next : written
