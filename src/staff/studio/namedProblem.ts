/** A problem of a section with the name of its field: «Pregunta: falta este texto.» */
import type { SectionProblem } from '@/domain/campaignDraft'
import { problemText } from '@/i18n/problems'
import type { SectionData, StudioSection } from './section'

export function namedProblem(
  section: StudioSection | undefined,
  data: SectionData,
  problem: SectionProblem,
): string {
  const label = section?.labelOf(problem.field, data)
  const text = problemText(problem.code)
  return label ? `${label}: ${text.charAt(0).toLowerCase()}${text.slice(1)}` : text
}
