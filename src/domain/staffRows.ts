/** Rows that only staff see, as the server's functions return them. */
import type { StaffContentOf } from './kinds'
import type { NoticeConsent } from './rows'
import type { Decision, ReasonCode, SubmissionState } from './states'

export type StaffRole = 'moderator' | 'coordinator' | 'door' | 'auditor' | 'admin'

export interface StaffMe {
  user_id: string
  name: string
  /** Nobody has said yet whose project this is, and this member may. */
  needs_setup: boolean
  roles: { role: StaffRole; convocatoria_id: string | null; jornada_id: string | null }[] // one day's volunteer
}

/** A line of the staff's queue. */
export interface QueueItem {
  id: string
  folio: string
  kind: string // perhaps one that this version does not know
  convocatoria_id: string
  convocatoria_title: string
  state: SubmissionState
  version: number
  received_at: string
  late: boolean
  answer_by: string
  part_label: string | null
  excerpt: string // first 140 code points
}

export interface QueuePage {
  items: QueueItem[]
  next: string | null
  counts: Partial<Record<SubmissionState, number>>
}

export interface ReviewEvent {
  id: string
  at: string
  actor: string | null // a staff member's name; null for author and system
  kind:
    | 'received'
    | 'in_review'
    | Decision
    | 'corrected'
    | 'transcribed'
    | 'correction_lapsed'
    | 'withdrawn'
    | 'withdrawal_undone'
    | 'undone'
  from_state: SubmissionState | null
  to_state: SubmissionState
  reason_code: ReasonCode | null
  message: string | null
  undo_until: string | null // only for the asking member's last decision, for a minute
}

interface StaffItemHead extends QueueItem {
  display_name: string | null
  municipality_name: string | null
  has_email: boolean
  consents: (NoticeConsent & { granted: boolean; at: string })[]
  events: ReviewEvent[]
  decisions: Decision[]
}

/** What staff see of one submission, and `row` of their verdicts. `StaffItem<'…'>` is one whose kind is known. */
export type StaffItem<K extends string = string> = StaffItemHead & { kind: K; content: StaffContentOf<K> }
