/** The mesa of a consultation, as the server answers it: what everybody reads, and what staff write. */

import type { PublicActa } from './acta'

/** A day on which people come, as the kind of the linked campaign says it (`app.campaign_kinds.days_function`). */
export interface MeetingDay {
  title: string
  on_day: string | null
  starts_at: string | null
  ends_at: string | null
  place: string | null
  address: string | null
  accessibility: string | null
  modality: 'presencial' | 'virtual' | null
  cancelled: boolean
}

/** The campaign whose seats people take. */
interface Meeting {
  id: string
  slug: string
  title: string
  opens_at: string
  closes_at: string
  days: MeetingDay[]
}

export interface AgendaPoint {
  title: string
  /** Expected, from the beginning of the meeting. */
  minute: number
  /** Its minute in the recording. */
  at: number | null
}

export interface CampaignMesa {
  /** When it was published, for what its findings say. */
  at: string
  mesa: {
    title: string
    lead: string
    agenda: AgendaPoint[]
    findings: { title: string; count: number }[]
    /** A page elsewhere. */
    recording: string | null
    /** A sound among the insumos of the consultation. */
    insumo_id: string | null
  }
  /** Null while the linked campaign is not public. */
  meeting: Meeting | null
  /** Null before it is open to comments. */
  acta: PublicActa | null
}

/** Why an address gets the invitation, or not (`app.mesa_addressees`). */
export type AddresseeState = 'invite' | 'done' | 'no_consent' | 'stopped'

/** What staff write. Absent keys were never written. */
export interface MesaData {
  meeting_id?: string | null
  title?: string
  lead?: string
  agenda?: { id: string; title: string; minute: number | null; at: number | null }[]
  findings?: string[]
  recording?: string | null
  recording_insumo?: string | null
}

interface Named {
  id: string
  title: string
}

export interface MesaDesk extends Named {
  slug: string
  now: string
  received_until: string
  can_edit: boolean
  /** 0 before the first saving. */
  version: number
  data: MesaData
  saved_at: string | null
  saved_by: string | null
  published_at: string | null
  published_by: string | null
  meeting: Meeting | null
  problems: { field: string; code: string; level: 'wrong' | 'missing' }[]
  meetings: Named[]
  findings: (Named & { count: number })[]
  /** The sounds among the insumos. */
  sounds: Named[]
  letters: {
    can_send: boolean
    /** Null while the linked campaign takes no registrations, or the mesa is not public. */
    letter: { subject: string; body: string } | null
    counts: Partial<Record<AddresseeState, number>>
  }
}
