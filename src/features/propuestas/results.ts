/** The results of a consultation, as the server answers them. */
import type { Part, PublishedPropuesta } from '@/domain/rows'
import type { Outcome } from './findings'
import type { FollowedPart } from './followups'
import type { Change, PartWords } from './renewal'

/** What the page of a consultation says of its outcome (`details` of the row `convocatoria`). */
export interface PropuestaDetails {
  results?: { at: string; received: number; published: number; changed: number }
  /** When the renewed text was approved. */
  renewal?: string
  /** When the mesa was published. */
  mesa?: string
}

interface Count {
  key: string
  /** Null: hidden, so that fewer than five people are not recognised. */
  count: number | null
}

type HelpCounts = Record<'si' | 'en_parte' | 'no', number | null>

export interface PartFigures {
  number: string
  title: string | null
  change: 'igual' | 'cambia' | 'se_retira' | 'nueva' | null
  received: number
  published: number
  /** Of an action that somebody answered. */
  answers: HelpCounts | null
  /** Of an action that somebody answered without a proposal. */
  taps?: HelpCounts
}

/** The published figures. Anybody computes the same bytes from the open data (`scripts/results`). */
export interface ResultFigures {
  edition: number
  totals: Record<
    'recibidas' | 'opiniones' | 'con_respuesta' | 'publicadas' | 'retenidas' | 'municipios',
    number
  > & { dias: number | null } & Partial<
      Record<'respuestas' | 'respuestas_excluidas' | 'telefonos_por_red_y_hora', number>
    >
  parts: PartFigures[]
  missing: { received: number; published: number }
  sectors: Count[]
  channels: Count[]
  days: Count[]
  /** Of published propuestas whose authors allow it; `` for the others. */
  municipalities: Count[]
  findings: { id: string; outcome: string; proposals: number; published: number }[]
  changes: Record<'changed' | 'added' | 'removed' | 'same', number>
}

export interface OpenFile {
  name: string
  bytes: number
  sha256: string
  rows: number
}

export interface FindingAnswer {
  outcome: Outcome
  reasons: string
  area: string
  due_on: string | null
  published_at: string
}

export interface PublicFinding {
  id: string
  title: string
  words: string
  codes: string[]
  count: number
  answer: FindingAnswer
  quotes: { folio: string; quote: string }[]
}

export interface CampaignResults {
  /** `figures` is canonical JSON (RFC 8785) of ResultFigures, and `hash` the SHA-256 of its bytes. */
  edition: { number: number; at: string; hash: string; figures: string; files: OpenFile[] }
  findings: PublicFinding[]
}

/** A published propuesta in a search. */
export interface FoundPropuesta extends PublishedPropuesta {
  outcomes: Outcome[]
}

export interface TouchedPart {
  id: string
  number: string
  kind: Part['kind']
  change: Change
  old: PartWords | null
  new: PartWords | null
  why: string | null
}

/** One published propuesta, and what became of it. */
export interface PropuestaPage {
  item: PublishedPropuesta
  convocatoria_id: string
  /** The name of its municipality. */
  place: string | null
  findings: ({ id: string; title: string } & FindingAnswer)[]
  touched: TouchedPart[]
}

/** What staff see of the results and of the open data. */
export interface ResultsDesk {
  id: string
  slug: string
  title: string
  now: string
  received_until: string
  can_edit: boolean
  can_settle: boolean
  /** Propuestas without an answer. */
  lacking: number
  renewal: string | null
  editions: {
    number: number
    state: 'begun' | 'pages' | 'closing' | 'ready' | 'gone'
    begun_at: string
    by: string | null
    ready_at: string | null
    page: number
    hash: string | null
    files: OpenFile[]
    stale: boolean
  }[]
  /** What became of each action of the approved text. */
  followups: FollowedPart[]
  /** Counts of the answers by one tap, as the open data have them; none before nothing more is received. */
  taps: { dimension: string; clave: string; respuesta: keyof HelpCounts | null; cuenta: number | null }[]
  holds: {
    id: string
    folio: string
    body: string
    reasons: ('email' | 'phone' | 'curp' | 'rfc' | 'name')[]
    outcome: 'let_in' | 'kept_out' | null
    settled_by: string | null
  }[]
}
