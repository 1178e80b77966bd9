/** The words of a campaign's deadline, on its page and in its form. */
import { phaseNow } from '@/data/campaignPhase'
import type { CampaignWindow } from '@/domain/campaign'
import { formatDateTime } from '@/ui/dates'
import type { Words } from './words'

/** What may be done until when, in sentences. */
export const deadlineText = (window: CampaignWindow, now: Date, words: Words): string =>
  words(`deadline.${phaseNow(window, now)}`, {
    opens: formatDateTime(window.opens_at),
    closes: formatDateTime(window.closes_at),
    until: formatDateTime(window.received_until),
  })

/** What applies to somebody who finishes in time without signal. */
export const noSignalText = (window: CampaignWindow, words: Words): string =>
  words('deadline.no_signal', { until: formatDateTime(window.received_until) })
