/** Campaigns as their editors see them: the list, and one campaign as sections with their problems. */
import type { Pause } from './campaign'
import type { CampaignDates } from './calendar'
import type { RetentionPeriods } from './institution'
import type { Problem } from './problems'
import type { Refusal } from './refusals'
import type {
  Convocatoria,
  Institution,
  Insumo,
  Milestone,
  Notice,
  NoticeConsent,
  PublicChange,
} from './rows'

/** `wrong` refuses saving, `missing` refuses publishing, `look` refuses nothing. `field` is an id in the editor. */
export interface SectionProblem {
  field: string
  code: Refusal | Problem
  level: 'wrong' | 'missing' | 'look'
}

/** Texts of every campaign. Absent and null read alike; a draft may lack any. */
export interface TextsSection {
  title?: string | null
  slug?: string | null
  summary?: string | null
  question?: string | null
  who_decides?: string | null
  what_happens_next?: string | null
  label?: string | null
  source?: string | null
}

export interface DatesSection extends CampaignDates {
  milestones: Milestone[]
}

/** A notice to be published as a new version of its title. */
export interface NewNotice {
  title: string
  simplified: string[]
  full: { heading: string; paragraphs: string[] }[]
  consents: NoticeConsent[]
}

/** What campaigns of a kind show or use, and the key of the consent that usually allows it. */
export interface KindPermission {
  permission: string
  consent_key: string
}

/** Either a notice that exists or a new one. */
export interface NoticeSection {
  notice_id: string | null
  notice: NewNotice | null
}

/** One section. `version` 0: never saved here. `pending`: it differs from what is public. `public`: null of a draft. */
export interface SectionAnswer<Data extends object = Record<string, unknown>> {
  section: string
  data: Data
  version: number
  pending: boolean
  public: Data | null
  /** Whether publishing it takes back something that people were told, and so needs a reason. */
  asks_reason: boolean
  saved_at: string | null
  saved_by: string | null
  problems: SectionProblem[]
}

export interface CampaignEvent {
  at: string
  actor: string | null
  kind:
    | 'created'
    | 'published'
    | 'scheduled'
    | 'missed'
    | 'deleted'
    | 'text_removed'
    | 'renewal_offered'
    | 'renewal_approved'
    | 'results_published'
    | 'followup_noted'
    | 'mesa_published'
    | 'comment_settled'
    | 'acta_opened'
    | 'acta_closed'
    | PublicChange['kind']
  sections: string[]
  reason: string | null
  closes_at: string | null // where it moved the closing
  until: string | null // where a pause ends
}

/** Of every function that changes a campaign. */
export interface CampaignAnswer {
  id: string
  kind: string
  published: boolean
  publish_at: string | null
  paused: Pause | null
  retired: boolean
  /** How many took part, and how many of them left an address. */
  people: { all: number; by_mail: number }
  version: number
  /** Grows with each save of any section; publishing names the one that was seen. */
  revision: number
  sections: SectionAnswer[]
  events: CampaignEvent[]
}

/** Of `convocatoria_draft`. */
export interface CampaignDraft extends CampaignAnswer {
  notices: Notice[]
  permissions: KindPermission[]
  /** Null until somebody configured it. */
  institution: Institution | null
  /** For how long the institution keeps personal data; absent from the answers of an older server. */
  periods?: RetentionPeriods
  holidays: string[]
}

/** Of `preview_convocatoria` and `open_preview`: the rows that publishing would make. */
export interface CampaignPreview {
  convocatoria: Convocatoria
  notice: Notice | null
  insumos: Insumo[]
}

export interface CampaignListItem {
  id: string
  slug: string | null
  kind: string
  title: string
  published: boolean
  publish_at: string | null
  paused: Pause | null
  retired: boolean
  /** Whether a section has changes that are not public. */
  pending: boolean
  version: number
  opens_at: string | null // null: a draft without dates
  closes_at: string | null
  received_until: string | null
  answer_by: string | null
  can_edit: boolean
}

export interface CampaignList {
  now: string
  can_create: boolean
  items: CampaignListItem[]
}
