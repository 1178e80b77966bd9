/** The order of «Mis envíos»: first what needs the person, then what waits on this phone, then the rest. */
import type { Chip } from '@/domain/submissionStatus'

export const GROUPS = ['attention', 'waiting', 'sent'] as const
export type Group = (typeof GROUPS)[number]

/** A correction that was asked for needs the person as much as a refusal does. */
const ATTENTION: readonly Chip[] = [
  'needs_attention',
  'correction_requested',
  'video_missing',
  'seat_offered',
]
const WAITING: readonly Chip[] = ['draft', 'unsent', 'sending', 'video_here']

/** Where a chip belongs. */
export function groupOf(chip: Chip): Group {
  if (ATTENTION.includes(chip)) return 'attention'
  return WAITING.includes(chip) ? 'waiting' : 'sent'
}

/** The groups that hold something, in order; inside each the most recently moved first. */
export function grouped<T extends { chip: Chip; movedAt: string }>(
  items: readonly T[],
): { group: Group; items: T[] }[] {
  const newestFirst = [...items].sort((a, b) => Date.parse(b.movedAt) - Date.parse(a.movedAt))
  return GROUPS.map((group) => ({
    group,
    items: newestFirst.filter((item) => groupOf(item.chip) === group),
  })).filter((entry) => entry.items.length > 0)
}
