/** The analysis of a consultation as the desk and the author's folio read it (docs/decisions/0090). */

import type { ToldFollowup } from './followups'

export const OUTCOMES = ['accepted', 'partly', 'not_now', 'no'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** One idea of a proposal: all of it (`words` null), or one of those that it was split into. */
export interface Idea {
  id: string
  words: string | null
  finding_id: string | null
  quote: string | null // words of its author
}

/** What the desk did with a proposal: the payload of `propuesta.sort`, and with its version the row of its verdict. */
export interface Sorting {
  /** The proposal that it follows, whose findings and answers it has. Then it has no ideas of its own. */
  twin_of: string | null
  ideas: Idea[]
}
export interface SortingRow extends Sorting {
  submission_id: string
  version: number // 0: untouched
}

/** A proposal on the board. */
export interface SortingItem extends SortingRow {
  folio: string
  body: string
  part_label: string | null
  municipality_name: string | null
  state: string
  received_at: string
  may_quote: boolean
  twin_folio: string | null
  twins: number
}

/** The payload of `finding.save`, and with its version the row of its verdict. */
export interface FindingText {
  title: string
  words: string
  codes: string[]
  notes: string
}
export interface FindingRow extends FindingText {
  id: string
  version: number
  convocatoria_id: string
  position: number
  removed: boolean
}

/** The payload of `finding.answer`. */
export interface AnswerText {
  outcome: Outcome | null
  reasons: string
  area: string
  due_on: string | null
}
export interface AnswerRow extends AnswerText {
  id: string // of its finding
  version: number
  state: 'draft' | 'approved' | 'published'
  returned: string | null // why a second person returned it
  own: boolean // this member wrote some of it
  writers: string[]
  approved_by: string | null
  publish_on: string | null
  published_at: string | null // what people read now, perhaps an earlier version
}

/** A finding on the board. */
export interface BoardFinding extends FindingRow {
  answer: AnswerRow | null
  count: number
  parts: string[]
  missing: boolean // some of its proposals are about what the strategy lacks
  quotes: string[]
}

export interface FindingsBoard {
  convocatoria_id: string
  title: string
  answer_by: string | null
  finished_at: string | null
  may_write: boolean
  may_publish: boolean
  /** `parts`: of the strategy; `uncovered`: the numbers of those on which no finding is. */
  counts: {
    owed: number
    grouped: number
    answered: number
    undecided: number
    parts?: number
    uncovered?: string[]
  }
  findings: BoardFinding[]
}

/** Two proposals that may say the same. */
export interface TwinPair {
  first: SortingItem
  second: SortingItem
  likeness: number // 0 to 100
  shared: string[] // the stems that both have
}

/** What an author reads of the analysis, in the content of their proposal. */
export interface Analysis {
  grouped: boolean
  twin?: true
  ideas?: string[]
  answers?: {
    finding_id: string
    idea?: string
    title: string
    outcome: Outcome
    reasons: string
    area?: string
    due_on?: string
    at: string
  }[]
  followups?: ToldFollowup[]
}
