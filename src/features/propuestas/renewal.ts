/** The renewed text of a strategy, as the server answers it: the desk's draft and the approved text. */
import type { SectionProblem } from '@/domain/campaignDraft'
import type { Part, Topic } from '@/domain/rows'
import type { Followup } from './followups'

export const CHANGES = ['same', 'changed', 'removed', 'added'] as const
export type Change = (typeof CHANGES)[number]

export interface PartWords {
  title: string
  body: string
}

/** A part in the draft. Words are there where the change has any; number, kind and topic where it is new. */
export interface DraftPart extends Partial<PartWords> {
  id: string
  change: Change
  findings: string[]
  why: string
  kind?: Part['kind']
  topic_id?: string
  number?: string
}

export interface RenewalDesk {
  id: string
  slug: string
  title: string
  now: string
  received_until: string
  can_edit: boolean
  version: number
  data: { parts: DraftPart[] }
  saved_at: string | null
  saved_by: string | null
  offered_at: string | null
  offered_by: string | null
  /** Whether this member wrote or handed over this version, and so does not approve it. */
  own: boolean
  problems: SectionProblem[]
  strategy: { topics: Topic[]; parts: Part[] }
  findings: { id: string; title: string; outcome: string | null }[]
  approved: { number: number; hash: string; approved_at: string; written_by: string; approved_by: string }[]
}

/** A part of the approved text. `old` is null for a new one, `new` for one that was taken out. */
export interface RenewedPart {
  id: string
  topic_id: string
  kind: Part['kind']
  number: string
  change: Change
  why: string | null
  old: PartWords | null
  new: PartWords | null
  findings: { id: string; title: string }[]
}

/** What `text` holds. */
export interface RenewalDocument {
  campaign: { id: string; title: string }
  number: number
  approved_at: string
  topics: Topic[]
  parts: RenewedPart[]
}

/** The approved text. `text` is canonical JSON (RFC 8785), and `hash` the SHA-256 of its bytes. */
export interface RenewedStrategy {
  number: number
  hash: string
  approved_at: string
  text: string
  /** The newest first. An answer that a phone kept before has none. */
  followups?: Followup[]
}
