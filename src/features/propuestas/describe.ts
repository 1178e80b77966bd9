/** Titles of parts for the screens. */
import type { Part } from '@/domain/rows'
import { t } from './words'
import { MISSING, type Answers } from './answers'
import { partOf } from './answers'

/** The title of a part, like «Acción 2.1 · Título». */
export const partLabel = (part: Part): string =>
  `${t(`part.${part.kind}`, { number: part.number })} · ${part.title}`

/** The title of the part that a propuesta is about; null when none is chosen or the part is unknown. */
export function describeAbout(answers: Answers, parts: readonly Part[]): string | null {
  if (answers.about === MISSING) return t('part.missing')
  const part = partOf(answers, parts)
  return part ? partLabel(part) : null
}
