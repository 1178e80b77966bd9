/** The window of a campaign of any kind, and its phases. */
import type { Refusal } from './refusals'

/** A pause of reception. Instants in ISO 8601 with offset. */
export interface Pause {
  from: string
  /** Where it ends by itself; null: when staff resume reception. */
  until: string | null
  /** What phones held at its beginning is received until then; later it waits on the phone. */
  received_until: string
  reason: string
}

/** Instants in ISO 8601 with offset. `received_until` is the closing plus the grace for late submissions. */
export interface CampaignWindow {
  opens_at: string
  closes_at: string
  received_until: string
  /** The last pause, which may be over. Absent in rows read before pauses existed. */
  paused?: Pause
}

export type Phase = 'coming' | 'open' | 'paused' | 'grace' | 'closed'

/** The phase of a campaign at `now` (the server's clock as this phone knows it). The closing ends a pause. */
export function phaseOf({ opens_at, closes_at, received_until, paused }: CampaignWindow, now: Date): Phase {
  if (now < new Date(opens_at)) return 'coming'
  if (now >= new Date(closes_at)) return now < new Date(received_until) ? 'grace' : 'closed'
  const isPaused =
    paused && now >= new Date(paused.from) && (paused.until === null || now < new Date(paused.until))
  return isPaused ? 'paused' : 'open'
}

/**
 * Why the campaign refuses what is sent at `now`, or null. It receives until the grace ends. A pause refuses nothing: what
 * it does not receive waits on the phone.
 */
export function refuseWindow(window: CampaignWindow, now: Date): Refusal | null {
  const phase = phaseOf(window, now)
  if (phase === 'coming') return 'convocatoria_not_open'
  return phase === 'closed' ? 'convocatoria_closed' : null
}
