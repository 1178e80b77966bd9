/** The board of a campaign, as `campaign_board` answers it. Days are days in central Mexico. */
import type { Pause } from './campaign'
import type { Milestone } from './rows'
import type { SubmissionState } from './states'

/** `quarantined` and `dismissed` submissions count under no other state. */
export type BoardCounts = Partial<Record<SubmissionState | 'quarantined' | 'dismissed', number>>

export interface BoardDay {
  day: string
  arrived: number
  answered: number
}

/** The work of a campaign whose submissions staff decide. */
export interface BoardWork {
  open: number
  answer_by: string | null
  /** Business days until then; negative when it is over. Null without a day. */
  days_left: number | null
  /** Of the oldest open submissions, `looked` in number, 1,000 of each state at most. */
  assigned: {
    looked: number
    unassigned: number
    members: { id: string; name: string; count: number }[]
  }
  /** The first three days on which corrections that authors were asked for end. */
  corrections: { day: string; count: number }[]
  /** Answers per business day of the last 14 days; `done_on` null: no pace, nothing open, or too far away. */
  pace: { a_day: number; done_on: string | null }
}

/**
 * Letters of the last 30 days. `sent`: the mail service took them and none came back, among them those that `arrived` as it
 * said. `doubtful`: nobody knows whether they left. `failed`: the sender gave up. `unusable`: people whose address no
 * letter can reach.
 */
export interface BoardLetters {
  sent: number
  /** Absent in figures that an older version counted, as the other two. */
  arrived?: number
  returned?: number
  waiting: number
  retrying: number
  doubtful?: number
  failed: number
  unusable: number
}

/** All municipalities and «fuera», the most first. `unsaid`: how many gave no answer. */
export interface BoardPlaces {
  unsaid: number
  items: { place: string; name: string; count: number }[]
}

/** Bytes. `week`: what arrived in the last seven days. `limit` null: unknown. */
export interface BoardSpace {
  own: number
  own_copies: number
  others: number
  insumos: number
  week: number
  limit: number | null
}

export interface CampaignBoard {
  now: string
  today: string
  id: string
  kind: string // may be unknown to this version
  title: string
  published: boolean
  publish_at: string | null
  retired: boolean
  paused: Pause | null
  opens_at: string | null
  closes_at: string | null
  received_until: string | null
  results_on: string | null
  milestones: Milestone[]
  counts: BoardCounts
  /** The last 14 days, today the last one. */
  days: BoardDay[]
  /** Null: staff do not decide on submissions of this kind. */
  work: BoardWork | null
  /** When the job counted the next four; null before its first count. */
  counted_at: string | null
  /** Hours from arrival to answer, of half of the answers at most. */
  median_hours?: number | null
  letters?: BoardLetters | null
  /** Null or absent: the kind asks nobody where they are from. */
  places?: BoardPlaces | null
  /** Null: the campaign receives no files. */
  space: BoardSpace | null
  /** The kind's own figures. */
  own: object
}
