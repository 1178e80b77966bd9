/** The form of a juror's marks, and what is missing in it. */
import { visibleLength } from '@/domain/canon'
import type { JuryVideo } from '../../jury'

export const SCALE = [1, 2, 3, 4, 5] as const
export const REASON_MAX = 1000

export interface MarksForm {
  marks: (number | null)[]
  reason: string
}

/** The form as the server has it. */
export const formOf = ({
  criteria,
  marks,
  reason,
}: Pick<JuryVideo, 'criteria' | 'marks' | 'reason'>): MarksForm => ({
  marks: criteria.map((_, at) => marks?.[at] ?? null),
  reason: reason ?? '',
})

export const totalOf = (marks: readonly (number | null)[]): number =>
  marks.reduce<number>((sum, mark) => sum + (mark ?? 0), 0)

/** The criteria without a mark, by their place. */
export const unmarked = ({ marks }: MarksForm): number[] =>
  marks.flatMap((mark, at) => (mark === null ? [at] : []))

/** The first problem of the form, with the id of its field; null when it can be sent. The server checks it again. */
export function refuseMarks(form: MarksForm): { field: string; code: string } | null {
  const [first] = unmarked(form)
  if (first !== undefined) return { field: `mark-${first}`, code: 'marks_incomplete' }
  if (visibleLength(form.reason) === 0) return { field: 'reason', code: 'reason_required' }
  return [...form.reason.trim()].length > REASON_MAX ? { field: 'reason', code: 'text_too_long' } : null
}
