/** Where a campaign is in its life, as a key of `status.` in the studio's words. */
import { type CampaignWindow, type Pause, type Phase, phaseOf } from '@/domain/campaign'
import type { DatesSection } from '@/domain/campaignDraft'

export type CampaignStatus = 'draft' | 'scheduled' | 'retired' | Phase

export function statusKey(
  { published, publish_at, retired }: { published: boolean; publish_at: string | null; retired: boolean },
  window: CampaignWindow | null,
  now: Date,
): CampaignStatus {
  if (retired) return 'retired'
  if (published && window) return phaseOf(window, now)
  return publish_at ? 'scheduled' : 'draft'
}

const HOUR_MS = 3_600_000

/** The window of a campaign that is public, whose dates are whole. */
export const publicWindow = (
  { opens_at, closes_at, grace_hours }: DatesSection,
  paused: Pause | null,
): CampaignWindow => ({
  opens_at: opens_at!,
  closes_at: closes_at!,
  ...(paused && { paused }),
  received_until: new Date(Date.parse(closes_at!) + (grace_hours ?? 0) * HOUR_MS).toISOString(),
})
