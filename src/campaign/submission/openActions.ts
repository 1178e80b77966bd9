/** What the hour decides on the status page. `now` is the server's clock as this phone knows it. */
import { isSubmit } from '@/domain/ops'
import type { SubmissionRow } from '@/domain/rows'
import { isWithdrawable, type SubmissionState } from '@/domain/states'

/** Until a decision was taken an answer is due. */
export const answerStillDue = (state: SubmissionState): boolean =>
  state === 'received' || state === 'in_review' || state === 'correction_requested'

/** A withdrawal can be undone until the instant the server wrote, 24 h after it. */
export const undoIsOpen = (row: Pick<SubmissionRow, 'state' | 'undo_withdrawal_until'>, now: Date): boolean =>
  row.state === 'withdrawn' && row.undo_withdrawal_until !== null && now < new Date(row.undo_withdrawal_until)

/** Staff wait for the author's change, and its time has not passed. */
export const correctionIsOpen = (
  row: Pick<SubmissionRow, 'state' | 'correction_until'>,
  now: Date,
): boolean =>
  row.state === 'correction_requested' &&
  (row.correction_until === null || now < new Date(row.correction_until))

interface Known {
  row: SubmissionRow | null
  /** In order of saving. */
  pending: readonly { kind: string }[]
}

/** The last of several taps on withdraw and undo that wait on this phone. */
const lastWish = ({ pending }: Known) =>
  pending.findLast((op) => op.kind === 'submission.withdraw' || op.kind === 'submission.undo_withdraw')?.kind

/** Whether withdrawing makes sense: something is there, and no withdrawal is on its way. */
export function canWithdraw(known: Known): boolean {
  const wish = lastWish(known)
  if (wish) return wish === 'submission.undo_withdraw'
  return known.row ? isWithdrawable(known.row.state) : known.pending.some(isSubmit)
}

/** Whether there is a withdrawal, here or at the server, that can still be undone. */
export function canUndo(known: Known, now: Date): boolean {
  const wish = lastWish(known)
  if (wish) return wish === 'submission.withdraw'
  return known.row !== null && undoIsOpen(known.row, now)
}
