/** The groups of «Mis envíos»: what needs the person, what is pending on this phone, and the rest, in this order. */
import type { Chip } from '@/domain/submissionStatus'

export const GROUPS = ['attention', 'waiting', 'sent'] as const
export type Group = (typeof GROUPS)[number]

/** Chips that need the person. A correction request counts like a refusal. */
const ATTENTION: readonly Chip[] = [
  'needs_attention',
  'correction_requested',
  'video_missing',
  'seat_offered',
]
const WAITING: readonly Chip[] = ['draft', 'unsent', 'sending', 'video_here']

/** The group of a chip. */
export function groupOf(chip: Chip): Group {
  if (ATTENTION.includes(chip)) return 'attention'
  return WAITING.includes(chip) ? 'waiting' : 'sent'
}

/** The groups that have items, in order, with the most recently changed item first. */
export function groupItems<T extends { chip: Chip; changedAt: string }>(
  items: readonly T[],
): { group: Group; items: T[] }[] {
  const newestFirst = [...items].sort((a, b) => Date.parse(b.changedAt) - Date.parse(a.changedAt))
  return GROUPS.map((group) => ({
    group,
    items: newestFirst.filter((item) => groupOf(item.chip) === group),
  })).filter((entry) => entry.items.length > 0)
}
