/** Rows for staff, as the server's functions return them. */
import type { StaffContentOf } from './kinds'
import type { NoticeConsent } from './rows'
import type { TemplateCode } from './replyTemplates'
import type { Amendment, Decision, MinorEvent, ReasonCode, SubmissionState } from './states'

export type StaffRole = 'moderator' | 'coordinator' | 'door' | 'auditor' | 'juror' | 'admin'

export interface StaffMe {
  user_id: string
  name: string
  /** Nobody has said yet whose project this is, and this member may. */
  needs_setup: boolean
  roles: { role: StaffRole; convocatoria_id: string | null; jornada_id: string | null }[] // null: all of them
}

/** A member who decides on submissions. */
export interface Assignee {
  id: string
  name: string
}

/** A member to whom submissions can be assigned. `convocatorias`: of these; null: of all. */
export interface DecidingMember extends Assignee {
  convocatorias: string[] | null
}

/** The ready-made replies that differ from the app's, by the code of their decision or reason. Version 0: none was saved. */
export interface ReplyTemplates {
  version: number
  texts: Partial<Record<TemplateCode, string>>
}

/** What a desk keeps at hand, also without signal. */
export interface DeskKit {
  members: DecidingMember[]
  templates: ReplyTemplates
}

/** An item of the staff's queue. */
export interface QueueItem {
  id: string
  folio: string
  kind: string // may be unknown to this version
  convocatoria_id: string
  convocatoria_title: string
  state: SubmissionState
  version: number
  received_at: string
  late: boolean
  answer_by: string
  part_label: string | null
  excerpt: string // the first 140 code points
  municipality_name?: string | null // absent, as `assigned`, in rows that an older version kept
  /** The member who works on it. */
  assigned?: Assignee | null
  /** When the answer to a second review is due; present only while one waits. */
  second_review_by?: string
}

/** A line of `list_second_reviews`. */
export interface SecondReviewItem extends QueueItem {
  second_review_by: string
  /** Whether this member decides there and is not the one who rejected. */
  may_answer: boolean
}

export interface QueuePage {
  items: QueueItem[]
  next: string | null
  counts: Partial<Record<SubmissionState, number>>
  /** How many wait in quarantine, which this list leaves out; absent: none. */
  quarantined?: number
  /** More match than were looked for: these are of the newest ones. Present only then. */
  newest_only?: true
  /** What of the campaigns waits for a decision and is due, the caller's, or nobody's. 100 stands for 100 or more; a count
   * is absent where nobody knows it. In first pages only. */
  tabs?: TabCounts
}

export interface TabCounts {
  due?: number // exact
  mine?: number
  unassigned?: number
}

/** A job of the server that fails now, of `job_faults`. `code`: SQLSTATE of the last failure. */
export interface JobFault {
  job: string
  since: string
  at: string
  times: number // in a row
  code: string
}

/** An item of `desk_alerts`: what staff should look at now. */
export interface DeskAlert {
  kind: 'flood' | 'set_apart' | 'line' | 'second_review' | 'answers' | 'copies_out' | 'copies_late'
  convocatoria_id: string
  convocatoria_title: string
  /** Of a flood, submissions in an hour; of what is set apart, registrations; of a line, people; of answers, proposals without one; of copies, those elsewhere; else what this member may answer. */
  count: number
  body_name?: string // the body of which most are set apart
  day?: string // the title of the day whose line is long
  capacity?: number
  soon?: number // of the second reviews, those due within two business days or late
  by?: string // when the first second review is due, the day of the answers, or of the first copy
}

/** Ops of a kind that came again with another content; `kind` is `unknown` for one that the server does not have. */
export interface AlteredReplays {
  kind: string
  since: string
  at: string
  times: number // at least
}

/** A page of `list_quarantine`. */
export interface QuarantinePage {
  items: QueueItem[]
  next: string | null
  count: number
}

/** What was done to texts and files, and what became of a registration, besides decisions. */
type WorkEvent = CopyEvent | 'corrected' | 'file_replaced' | 'transcribed' | 'captioned' | 'voiceless'
type CopyEvent = 'prepared' | 'copy_noted' | 'copy_removed'
type SeatEvent = 'seat_given' | 'substituted' | 'substitutes' | 'approved' | 'seat_not_kept' | MinorEvent

export interface ReviewEvent {
  id: string
  at: string
  actor: string | null // the staff member's name; null for author and system
  kind:
    | 'received'
    | 'in_review'
    | Decision
    | Amendment
    | 'review_asked'
    | WorkEvent
    | 'correction_lapsed'
    | 'withdrawn'
    | 'withdrawal_undone'
    | 'undone'
    | 'licence_ended'
    | 'confirmed'
    | 'admitted'
    | 'seat_lapsed'
    | 'arrival_undone'
    | 'amended'
    | 'day_moved'
    | 'day_released'
    | SeatEvent
    | 'constancia_issued'
    | 'constancia_reissued'
    | 'constancia_revoked'
  from_state: SubmissionState | null
  to_state: SubmissionState
  reason_code: ReasonCode | null
  message: string | null
  undo_until: string | null // for a minute, and only on the caller's last decision
}

/** Why letters to an address are not sent: one came back, or its reader complained; and since when. */
export interface MailTrouble {
  reason: 'bounced' | 'complained'
  at: string
}

interface StaffItemHead extends QueueItem {
  display_name: string | null
  has_email: boolean
  /** Why letters to the author do not arrive; null when nothing is known against it, absent in rows that an older version kept. */
  mail_trouble?: MailTrouble | null
  consents: (NoticeConsent & { granted: boolean; at: string })[]
  /** Whether the author allowed what publication needs; absent in rows that an older version kept. */
  may_publish?: boolean
  /** What the author allowed and the consent named (`app.kind_permissions`); absent in such rows. */
  allowed?: string[]
  events: ReviewEvent[]
  decisions: Decision[]
  /**
   * What this member may amend of what was decided, and what they may answer to a second review; absent in rows that an older
   * version kept.
   */
  amendments?: (Amendment | 'accept')[]
  contact_erased_at?: string // as in the author's row
  content_erased_at?: string
}

/** A submission as staff see it, and the row of their verdicts. `StaffItem<'…'>` has a known kind. */
export type StaffItem<K extends string = string> = StaffItemHead & { kind: K; content: StaffContentOf<K> }

/** A letter that the mail service may have sent: it never said. `at`: when it was given to the service. */
export interface DoubtfulLetter {
  id: number
  at: string
  subject: string
  campaign: string | null
}
