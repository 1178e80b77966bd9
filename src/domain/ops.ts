/** The wire of `apply_ops`: what a phone sends and the only four things it can hear back. */

import type { DoorLine, JornadaDay } from './registration'
import type { SubmissionRow } from './rows'
import type { StaffItem } from './staffRows'

export const OP_KINDS = [
  'propuesta.submit',
  'propuesta.correct',
  'video.submit',
  'video.attach',
  'video.correct',
  'video.transcribe',
  'registration.submit',
  'registration.cancel_day',
  'registration.accept_offer',
  'submission.withdraw',
  'submission.undo_withdraw',
  'review.decide',
  'review.undo',
  'door.check_in',
  'jornada.reschedule',
] as const
export type OpKind = (typeof OP_KINDS)[number]

/** The format of payloads this version writes; the server upgrades older ones. */
export const OP_VERSION = 1

/** One intention. Immutable once queued: a change is another op. Ops of one `entity_id` apply in order. */
export interface Op {
  op_id: string // uuid v7
  v: number
  kind: OpKind
  entity_id: string // the submission; of `jornada.reschedule`, the jornada
  payload: unknown
  captured_at: string // the phone's claim
  secret?: string // proof of authorship; absent in staff ops
  expected_version?: number
}

/** Whether the server hears of the entity by this op for the first time. */
export const isSubmit = ({ kind }: { kind: string }): boolean => String(kind).endsWith('.submit')

/** What the op was about, as it is now: who asks sees it as author, as staff, at the door or on the calendar. */
export type VerdictRow = SubmissionRow | StaffItem | DoorLine | JornadaDay

/** The version to expect of it in a next op. */
export const versionOf = (row: VerdictRow): number => ('sequence' in row ? row.sequence : row.version)

export type Verdict =
  | { op_id: string; status: 'applied'; row: VerdictRow | null; xid: string }
  | { op_id: string; status: 'refused'; code: string; field?: string }
  | { op_id: string; status: 'conflict'; row: VerdictRow; xid: string }
  | { op_id: string; status: 'retry'; after_ms: number; code: string }

export interface ApplyOpsAnswer {
  now: string
  verdicts: Verdict[]
}
