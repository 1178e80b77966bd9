/** The windows that campaigns of every kind share, and the phase each is in. */
import type { Refusal } from './refusals'

/** Instants in ISO 8601 with offset. `received_until` is closing plus grace: late, but received. */
export interface CampaignWindow {
  opens_at: string
  closes_at: string
  received_until: string
}

export type Phase = 'coming' | 'open' | 'grace' | 'closed'

/** Which phase a campaign is in at `now` (the server's clock as this phone knows it). */
export function phaseOf(window: CampaignWindow, now: Date): Phase {
  if (now < new Date(window.opens_at)) return 'coming'
  if (now < new Date(window.closes_at)) return 'open'
  return now < new Date(window.received_until) ? 'grace' : 'closed'
}

/** Why nothing can be sent to this campaign at `now`, or null. Writing is allowed until the grace ends. */
export function refuseWindow(window: CampaignWindow, now: Date): Refusal | null {
  const phase = phaseOf(window, now)
  if (phase === 'coming') return 'convocatoria_not_open'
  return phase === 'closed' ? 'convocatoria_closed' : null
}
