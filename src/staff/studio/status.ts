/** Where a campaign is in its life, as a key of `status.` in the studio's words. */
import { type CampaignWindow, phaseOf } from '@/domain/campaign'

export type CampaignStatus = 'draft' | 'scheduled' | 'coming' | 'open' | 'grace' | 'closed'

export function statusKey(
  { published, publish_at }: { published: boolean; publish_at: string | null },
  window: CampaignWindow | null,
  now: Date,
): CampaignStatus {
  if (published && window) return phaseOf(window, now)
  return publish_at ? 'scheduled' : 'draft'
}
