/** The log of what was done, as `list_log` answers it. */
import type { StaffRole } from './staffRows'
import type { ReasonCode, SubmissionState } from './states'

export const LOG_AREAS = [
  'submission',
  'campaign',
  'day',
  'finding',
  'jury',
  'people',
  'institution',
  'registry',
  'access',
  'letter',
] as const
export type LogArea = (typeof LOG_AREAS)[number]

/** A line. It holds no word, name or address of a citizen. */
export interface LogLine {
  at: string
  area: LogArea
  seq: number // with `area` it names the line
  kind: string
  source: 'staff' | 'author' | 'system'
  actor: string | null // the name of the member
  /** The folio, or the title or name of what was changed; empty where the area says it all. */
  about: string
  submission_id: string | null
  campaign: string | null
  from?: SubmissionState
  to?: SubmissionState
  reason_code?: ReasonCode
  reason?: string // of a change of a campaign or a day
  sections?: string[]
  role?: StaffRole
}

export interface LogPage {
  items: LogLine[]
  next: string | null
  /** Who may have acted; only on the first page. */
  people?: { id: string; name: string }[]
}
