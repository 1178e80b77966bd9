/** The window of a campaign of any kind, and its phases. */
import type { Refusal } from './refusals'

/** Instants in ISO 8601 with offset. `received_until` is the closing plus the grace for late submissions. */
export interface CampaignWindow {
  opens_at: string
  closes_at: string
  received_until: string
}

export type Phase = 'coming' | 'open' | 'grace' | 'closed'

/** The phase of a campaign at `now` (the server's clock as this phone knows it). */
export function phaseOf(window: CampaignWindow, now: Date): Phase {
  if (now < new Date(window.opens_at)) return 'coming'
  if (now < new Date(window.closes_at)) return 'open'
  return now < new Date(window.received_until) ? 'grace' : 'closed'
}

/** Why the campaign receives nothing at `now`, or null. It receives until the grace ends. */
export function refuseWindow(window: CampaignWindow, now: Date): Refusal | null {
  const phase = phaseOf(window, now)
  if (phase === 'coming') return 'convocatoria_not_open'
  return phase === 'closed' ? 'convocatoria_closed' : null
}
