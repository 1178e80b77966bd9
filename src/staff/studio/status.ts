/** Where a campaign is in its life, as a key of `status.` in the studio's words. */
import { type CampaignWindow, phaseOf } from '@/domain/campaign'
import type { DatesSection } from '@/domain/campaignDraft'

export type CampaignStatus = 'draft' | 'scheduled' | 'coming' | 'open' | 'grace' | 'closed'

export function statusKey(
  { published, publish_at }: { published: boolean; publish_at: string | null },
  window: CampaignWindow | null,
  now: Date,
): CampaignStatus {
  if (published && window) return phaseOf(window, now)
  return publish_at ? 'scheduled' : 'draft'
}

const HOUR_MS = 3_600_000

/** The window of a campaign that is public, whose dates are whole. */
export const publicWindow = ({ opens_at, closes_at, grace_hours }: DatesSection): CampaignWindow => ({
  opens_at: opens_at!,
  closes_at: closes_at!,
  received_until: new Date(Date.parse(closes_at!) + (grace_hours ?? 0) * HOUR_MS).toISOString(),
})
