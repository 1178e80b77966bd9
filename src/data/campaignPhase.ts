/** The phase of a campaign that a screen may claim: only the server's clock tells that it is not open. */
import { type CampaignWindow, type Phase, phaseOf, refuseWindow } from '@/domain/campaign'
import type { Refusal } from '@/domain/refusals'
import { certainNow, isClockSure } from './serverClock'

/**
 * The phase at `now` (`serverNow`). `unsure`: the phone's clock says that the campaign is not open, and the server's is
 * not known. Then one may write, and the server decides.
 */
export function phaseNow(window: CampaignWindow, now: Date): Phase | 'unsure' {
  const phase = phaseOf(window, now)
  if (phase === 'open' || isClockSure()) return phase
  return phaseOf(window, certainNow()) === 'closed' ? 'closed' : 'unsure'
}

/** Why the campaign refuses what is sent at `now`, or null: also where only the server can tell. */
export const refusalNow = (window: CampaignWindow, now: Date): Refusal | null =>
  phaseNow(window, now) === 'unsure' ? null : refuseWindow(window, now)
