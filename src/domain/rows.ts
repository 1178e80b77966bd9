/** Rows as the server's functions return them. Instants are ISO 8601 with offset, days `YYYY-MM-DD`. */
import type { CampaignWindow } from './campaign'
import type { MailState } from './email'
import type { Silence } from './silence'
import type { InsumoKind, Licence, PublicFile } from './insumo'
import type { CampaignKind, ContentOf, DetailsOf } from './kinds'
import type { Helps, PublishedVoice, Sector } from './propuesta'
import type { SecondReview } from './secondReview'
import type { AnalysisStep, ReasonCode, SubmissionState } from './states'

export interface Institution {
  name: string
  short_name: string
  accent: string // #rrggbb; checked for contrast before use
  demo_label: string | null // marks a demonstration; shown on every notice
  contact: { email: string; phone: string; address: string; hours: string }
  transparency_unit?: string // in this and the next two: only what the institution has said
  help_text?: string
  /** Of the PNG that `institution_logo` answers. */
  logo?: { hash: string; width: number; height: number }
  /** The present or coming electoral silence. */
  silence?: Silence
}

export interface ConvocatoriaCard extends CampaignWindow {
  id: string
  slug: string
  kind: string // may be unknown to this version
  title: string
  summary: string
  label: string | null // «Demostración: …», «Recreación …»
  results_on: string | null
  published_count: number
  question?: string // absent, as is the next one, in cards of before
  answer_by?: string
  /** Off the public list; its page, folios and results stay. */
  retired?: { at: string; reason: string }
}

/** What was done to a campaign after its publication. The dates are those that it moved to. */
export interface PublicChange {
  at: string
  kind: 'changed' | 'withdrawn' | 'paused' | 'resumed' | 'closed' | 'reopened' | 'retired'
  reason?: string
  closes_at?: string
  answer_by?: string
  until?: string // of a pause whose end is known
}

/** The landing's data, in one cacheable document. */
export interface Bootstrap {
  now: string
  institution: Institution
  convocatorias: ConvocatoriaCard[]
  /** Absent until the project signs its first document. `public_key`: Ed25519, hexadecimal. */
  signing_keys?: { id: string; public_key: string }[]
}

/** A date of the calendar. `on` is null while the date is «por confirmar». */
export interface Milestone {
  on: string | null
  until: string | null
  title: string
  note: string | null
}

export interface Topic {
  id: string
  title: string
}

/** A numbered part of the strategy that a propuesta can be about. */
export interface Part {
  id: string
  topic_id: string
  kind: 'action' | 'paragraph'
  number: string
  title: string
  body: string
  answered_by?: string | null // the area that answers; absent in rows read before the studio wrote it
}

/** The fields that only campaigns of one kind have. */
export type CampaignDetails = DetailsOf<CampaignKind>

/** Entity `convocatoria` of scope `public`. `details` depend on its kind. */
export interface Convocatoria extends ConvocatoriaCard {
  question: string
  who_decides: string
  what_happens_next: string
  source: string | null
  inputs_on: string | null
  answer_by: string
  notice_id: string
  milestones: Milestone[]
  topics: Topic[]
  parts: Part[]
  details: CampaignDetails | null
  history?: PublicChange[] // the newest first; only where there is any
}

/**
 * Entity `insumo` of scope `public`. `body` is plain text with an empty line between paragraphs: a page, or with a file
 * what stands for it (summary, description, transcript). `kind` and `file` are absent from a page.
 */
export interface Insumo {
  id: string
  convocatoria_id: string
  position: number
  title: string
  summary: string
  body: string
  source: string | null
  kind?: InsumoKind
  file?: PublicFile
  licence?: Licence
  licence_name?: string | null
}

export interface NoticeConsent {
  key: string
  text: string
  required: boolean
  /** What it lets the institution show or use, by the names of the kind; absent in older notices. */
  allows?: string[]
  /** Until when, in words; absent in older notices. */
  until?: string | null
}

/** Entity `notice` of scope `public`: the aviso de privacidad, simplified and in full. */
export interface Notice {
  id: string
  version: number
  title: string
  label: string | null
  hash: string // SHA-256 of its canonical text, hex
  simplified: string[] // paragraphs
  full: { heading: string; paragraphs: string[] }[]
  consents: NoticeConsent[]
  published_on: string
}

/** Entity `catalog`, id `municipalities`, of scope `public`. */
export interface Municipalities {
  items: { cve: string; name: string }[]
  attribution: string
}

export interface Message {
  at: string
  from: 'staff' | 'author' | 'system'
  state: SubmissionState
  reason_code: ReasonCode | null
  text: string | null
  /** What the institution did with it beside its state, in the analysis. */
  step?: AnalysisStep
}

interface SubmissionHead {
  id: string
  folio: string
  convocatoria_id: string
  convocatoria_title: string
  convocatoria_slug: string
  state: SubmissionState
  version: number
  captured_at: string
  received_at: string
  late: boolean
  answer_by: string
  correction_until: string | null
  undo_withdrawal_until: string | null
  has_email: boolean
  mail?: MailState // absent in rows that an older version kept
  display_name: string | null
  messages: Message[]
  contact_erased_at?: string // when the period of the author's name and address ended; absent until then
  content_erased_at?: string // the same of the content, which then says so itself
  second_review?: SecondReview // only where it can be asked for, or was
}

/** Entity `submission` of scope `mine`, the answer of `open_folio`, and the row of the author's verdicts.
 * `SubmissionRow<'…'>` has a known kind and its content; without the parameter the kind may be unknown. */
export type SubmissionRow<K extends string = string> = SubmissionHead & { kind: K; content: ContentOf<K> }

/** An item of `published_propuestas`. `name` is present only with its author's consent. */
export interface PublishedPropuesta {
  folio: string
  part_id: string | null
  part_label: string | null
  helps: Helps | null
  body: string
  name: string | null
  municipality: string | null
  sector?: Sector | null // absent from rows of before
  published_at: string
  reply: string | null
  voice?: PublishedVoice | null // pages kept from before voice notes lack it
}
