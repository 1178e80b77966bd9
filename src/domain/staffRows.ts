/** Rows that only staff see, as the server's functions return them. */
import type { CampaignKind } from './campaign'
import type { PropuestaContent } from './propuesta'
import type { StaffRegistrationContent } from './registration'
import type { NoticeConsent } from './rows'
import type { Decision, ReasonCode, SubmissionState } from './states'
import type { StaffVideoContent } from './video'

export type StaffRole = 'moderator' | 'coordinator' | 'door' | 'auditor' | 'admin'

export interface StaffMe {
  user_id: string
  name: string
  roles: { role: StaffRole; convocatoria_id: string | null; jornada_id: string | null }[] // one day's volunteer
}

/** A line of the staff's queue. */
export interface QueueItem {
  id: string
  folio: string
  kind: CampaignKind
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

/** What staff read of what a person sent, by the kind of its campaign. */
interface StaffContentByKind {
  propuestas: PropuestaContent
  videos: StaffVideoContent
  jornadas: StaffRegistrationContent
}

interface StaffItemHead extends QueueItem {
  display_name: string | null
  municipality_name: string | null
  has_email: boolean
  consents: (NoticeConsent & { granted: boolean; at: string })[]
  events: ReviewEvent[]
  decisions: Decision[]
}

/** What staff see of one submission, and `row` of their verdicts. To ask for `kind` is to know its `content`. */
export type StaffItem<K extends CampaignKind = CampaignKind> = K extends CampaignKind
  ? StaffItemHead & { kind: K; content: StaffContentByKind[K] }
  : never
