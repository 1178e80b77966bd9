/** Answers in the words of the screen. */
import type { Part } from '@/domain/rows'
import { t } from './words'
import { MISSING, type Answers } from './answers'
import { partOf } from './answers'

/** «Acción 2.1 · Título»; «Párrafo 9» where it has no title. */
export const partLabel = ({ kind, number, title }: Part): string =>
  [t(`part.${kind}`, { number }), title].filter(Boolean).join(' · ')

/** What the proposal is about, or null while that is not chosen (or no longer exists). */
export function describeAbout(answers: Answers, parts: readonly Part[]): string | null {
  if (answers.about === MISSING) return t('part.missing')
  const part = partOf(answers, parts)
  return part ? partLabel(part) : null
}
