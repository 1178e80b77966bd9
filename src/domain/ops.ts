/** The wire of `apply_ops`: what a phone sends and the only four things it can hear back. */

import type { SubmissionRow } from './rows'
import type { StaffItem } from './staffRows'

export const OP_KINDS = [
  'propuesta.submit',
  'propuesta.correct',
  'video.submit',
  'video.attach',
  'video.correct',
  'submission.withdraw',
  'submission.undo_withdraw',
  'review.decide',
  'review.undo',
] as const
export type OpKind = (typeof OP_KINDS)[number]

/** The format of payloads this version writes; the server upgrades older ones. */
export const OP_VERSION = 1

/** One intention. Immutable once queued: a change is another op. Ops of one `entity_id` apply in order. */
export interface Op {
  op_id: string // uuid v7
  v: number
  kind: OpKind
  entity_id: string // the submission
  payload: unknown
  captured_at: string // the phone's claim
  secret?: string // proof of authorship; absent in staff ops
  expected_version?: number
}

export type Verdict =
  | { op_id: string; status: 'applied'; row: SubmissionRow | StaffItem | null; xid: string }
  | { op_id: string; status: 'refused'; code: string; field?: string }
  | { op_id: string; status: 'conflict'; row: SubmissionRow | StaffItem }
  | { op_id: string; status: 'retry'; after_ms: number; code: string }

export interface ApplyOpsAnswer {
  now: string
  verdicts: Verdict[]
}
