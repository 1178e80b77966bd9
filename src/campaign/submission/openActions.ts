/** Which actions the status page offers at a time. `now` is the server's time as this phone knows it. */
import type { Correction } from '@/campaign/form/correction'
import { isSubmit } from '@/domain/ops'
import type { SubmissionRow } from '@/domain/rows'
import { isWithdrawable, type SubmissionState } from '@/domain/states'

/** An answer is due until staff decide. */
export const answerStillDue = (state: SubmissionState): boolean =>
  state === 'received' || state === 'in_review' || state === 'correction_requested'

/** A withdrawal can be undone until the time in the server's row, 24 h after the withdrawal. */
export const undoIsOpen = (row: Pick<SubmissionRow, 'state' | 'undo_withdrawal_until'>, now: Date): boolean =>
  row.state === 'withdrawn' && row.undo_withdrawal_until !== null && now < new Date(row.undo_withdrawal_until)

/** Whether the author may correct: until review begins, and while staff wait for a change whose deadline has not passed. */
export const correctionIsOpen = (
  row: Pick<SubmissionRow, 'state' | 'correction_until'>,
  now: Date,
): boolean =>
  row.state === 'received' ||
  (row.state === 'correction_requested' &&
    (row.correction_until === null || now < new Date(row.correction_until)))

/** What the author may do in this correction now; null for nothing. Each has its words `act.<name>`. */
export function changeOf(
  correction: Pick<Correction, 'adds'> | undefined,
  row: SubmissionRow,
  now: Date,
): 'correct' | 'correct_early' | 'add' | null {
  if (!correction) return null
  if (correctionIsOpen(row, now)) return row.state === 'received' ? 'correct_early' : 'correct'
  return correction.adds?.(row) ? 'add' : null
}

interface KnownSubmission {
  row: SubmissionRow | null
  /** In the order of the outbox. */
  pending: readonly { kind: string }[]
}

/** The last pending op of this phone that withdraws or undoes a withdrawal. */
const lastChoice = ({ pending }: KnownSubmission) =>
  pending.findLast((op) => op.kind === 'submission.withdraw' || op.kind === 'submission.undo_withdraw')?.kind

/** Whether the person can withdraw: there is a submission, and no withdrawal is pending. */
export function canWithdraw(known: KnownSubmission): boolean {
  const choice = lastChoice(known)
  if (choice) return choice === 'submission.undo_withdraw'
  return known.row ? isWithdrawable(known.row.state) : known.pending.some(isSubmit)
}

/** Whether a withdrawal, pending here or known to the server, can still be undone. */
export function canUndo(known: KnownSubmission, now: Date): boolean {
  const choice = lastChoice(known)
  if (choice) return choice === 'submission.withdraw'
  return known.row !== null && undoIsOpen(known.row, now)
}
