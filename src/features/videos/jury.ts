/** The selection of videos by a jury, as the functions of the database answer it. */
import type { StaffVideoContent } from '@/domain/video'

export interface Criterion {
  title: string
  hint: string | null
}

/** What one juror said of a video: a mark of 1 to 5 for each criterion, and why. */
export interface JurorMarks {
  juror: string | null
  is_third: boolean
  marks: number[]
  reason: string | null // null once the words of the video are erased
}

/** A line of the list of a juror. */
export interface JuryLine {
  id: string // of the seat
  campaign: string
  folio: string
  title: string
  pillar: string
  bytes: number
  duration_ms: number
  marked: boolean
  judged: boolean // all of its jurors have marked it
  selection_on: string | null
}

/** One video as its juror reads it: without its author. */
export interface JuryVideo {
  id: string // of the seat
  version: number
  convocatoria_id: string
  campaign: string
  folio: string
  title: string
  pillar: string
  summary: string
  transcript: string | null
  voiceless?: boolean // absent of a server of before
  criteria: Criterion[]
  marks: number[] | null
  reason: string | null
  saved_at: string | null
  media: StaffVideoContent['media']
  /** What the others said; null until all of its jurors have marked it. */
  others: JurorMarks[] | null
}

export interface JurySeat {
  id: string
  juror_id: string
  juror: string | null
  is_third: boolean
  marked: boolean
  left_as: 'recused' | 'replaced' | null
  reason: string | null // of a recusal
}

/** A video on the board of the coordination. */
export interface SelectionVideo {
  id: string
  folio: string
  title: string
  pillar: string
  state: string
  has_file: boolean
  lacks_captions: boolean
  vacant: number
  judged: boolean
  chosen: boolean | null // by the last closing
  mean: number | null
  place: number | null
  tied: boolean
  seats: JurySeat[]
  marks: JurorMarks[] | null // null until all of its jurors have marked it
}

interface SelectionActa {
  round: number
  hash: string
  final: string // `ActaText`
  closed_at: string
  closed_by: string | null
  reopened_at: string | null
  reopened_by: string | null
  reopen_reason: string | null
}

/** What the frozen text of the minutes says. */
export interface ActaText {
  campaign: { id: string; title: string }
  round: number
  criteria: Criterion[]
  gap: number
  scale: [number, number]
  closed_at: string
  closed_by: string
  order_reason: string | null
  videos: {
    folio: string
    place: number
    tied: boolean
    mean: string
    chosen: boolean
    marks: { juror: string; third: boolean; marks: number[]; total: number }[]
  }[]
  recusals: { folio: string; juror: string }[]
}

export interface SelectionDesk {
  id: string
  slug: string
  title: string
  now: string
  received_until: string
  can_lead: boolean
  version: number // 0: not opened
  opened_at: string | null
  opened_by: string | null
  closed_at: string | null
  criteria: Criterion[]
  gap: number
  selection_on: string | null
  waits: number
  jurors: { id: string; name: string; seats: number; marked: number }[]
  videos: SelectionVideo[]
  actas: SelectionActa[]
}
