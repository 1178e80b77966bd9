/** Convocatorias as their editors see them: the form, the list and the history. */
import type { CampaignDates } from './calendar'
import type { CampaignWindow } from './campaign'
import type { Milestone, Notice } from './rows'

/** All fields of the form. Empty optional texts are null. */
export interface CampaignData extends CampaignDates {
  kind: string
  slug: string
  title: string
  summary: string
  label: string | null
  question: string
  who_decides: string
  what_happens_next: string
  source: string | null
  notice_id: string | null
  milestones: Milestone[]
}

/** The answer of `save_convocatoria` and `publish_convocatoria`. */
export interface CampaignAnswer {
  id: string
  version: number
  published: boolean
  data: CampaignData
}

export interface CampaignEvent {
  at: string
  actor: string | null
  kind: 'created' | 'changed' | 'published'
  fields: (keyof CampaignData)[]
  reason: string | null
}

/** The answer of `convocatoria_draft`; `data` is null for a new convocatoria. */
export interface CampaignDraft {
  id: string | null
  version: number
  published: boolean
  data: CampaignData | null
  notices: Notice[]
  holidays: string[]
  events: CampaignEvent[]
}

export interface CampaignListItem extends CampaignWindow {
  id: string
  slug: string
  kind: string
  title: string
  published: boolean
  version: number
  answer_by: string
  can_edit: boolean
}

export interface CampaignList {
  now: string
  can_create: boolean
  items: CampaignListItem[]
}
