/** What can be done to a published campaign now, and who learns of each act. */
import type { CampaignAnswer } from '@/domain/campaignDraft'
import { phaseOf, type CampaignWindow } from '@/domain/campaign'
import words from '@/i18n/es-MX/studio.json'
import { translator } from '@/i18n/translator'

export type Act = 'pause' | 'resume' | 'close' | 'reopen' | 'retire'

const t = translator(words)

/** The acts in the order of their weight. Before the opening there are none: the campaign goes back to a draft. */
export function actsOf(
  { retired }: Pick<CampaignAnswer, 'retired'>,
  window: CampaignWindow,
  now: Date,
): Act[] {
  if (retired) return ['reopen']
  switch (phaseOf(window, now)) {
    case 'coming':
      return []
    case 'open':
      return ['pause', 'close', 'retire']
    case 'paused':
      return ['resume', 'pause', 'close', 'retire']
    case 'grace':
    case 'closed':
      return ['reopen', 'retire']
  }
}

/** What else a change does to those it concerns. `byMail`: how many letters it sends. */
export interface Told {
  byMail: number
  /** Whether drafts must show the notice again. */
  newNotice?: boolean
}

/** Who learns of a change of a public campaign, and how, in words. */
export const toldLines = ({ byMail, newNotice }: Told): string[] => [
  t('told.page'),
  t('told.phones'),
  t('told.history'),
  ...(newNotice ? [t('told.notice')] : []),
  byMail > 0 ? t('told.mail', { count: byMail }) : t('told.no_mail'),
]
