/** Titles of parts for the screens. */
import type { Part } from '@/domain/rows'
import { t } from './words'
import { MISSING, type Answers } from './answers'
import { partOf } from './answers'

/** «Acción 2.1 · Título»; «Párrafo 9» where it has no title. */
export const partLabel = ({ kind, number, title }: Part): string =>
  [t(`part.${kind}`, { number }), title].filter(Boolean).join(' · ')

/** The title of the part that a propuesta is about; null when none is chosen or the part is unknown. */
export function describeAbout(answers: Answers, parts: readonly Part[]): string | null {
  if (answers.about === MISSING) return t('part.missing')
  const part = partOf(answers, parts)
  return part ? partLabel(part) : null
}
