/** Answers in the words of the screen. */
import type { Part } from '@/domain/rows'
import messages from '@/i18n/es-MX/propuestas.json'
import { translator } from '@/i18n/translator'
import { MISSING, type Answers } from './answers'
import { partOf } from './checkDraft'

const t = translator(messages)

/** «Acción 2.1 · Título». */
export const partLabel = (part: Part): string =>
  `${t(`part.${part.kind}`, { number: part.number })} · ${part.title}`

/** What the proposal is about, or null while that is not chosen (or no longer exists). */
export function describeAbout(answers: Answers, parts: readonly Part[]): string | null {
  if (answers.about === MISSING) return t('part.missing')
  const part = partOf(answers, parts)
  return part ? partLabel(part) : null
}
