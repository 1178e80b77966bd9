/** The headings of «Mis envíos». */
import { t } from '@/campaign/submission/statusWords'
import type { Group } from './groups'

const GROUP = {
  attention: 'list.attention',
  waiting: 'list.waiting',
  sent: 'list.sent',
} as const satisfies Record<Group, Parameters<typeof t>[0]>

/** The heading of a group. */
export const groupWords = (group: Group): string => t(GROUP[group])
