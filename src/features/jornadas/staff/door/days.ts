/** The days of the door, grouped and ordered by relevance, and their words. */
import type { Jornada, JornadaDay } from '@/features/jornadas/registration'
import { startOfDay } from '@/domain/centralTime'
import { formatDateTime, formatDay } from '@/ui/dates'
import { isToCome, isToday } from '@/ui/shortDates'
import { t } from './words'

export const DAY_GROUPS = ['today', 'coming', 'undated', 'past'] as const
export type DayGroup = (typeof DAY_GROUPS)[number]

function groupOf({ on_day }: JornadaDay, now: Date): DayGroup {
  if (on_day === null) return 'undated'
  if (isToday(on_day, now)) return 'today'
  return isToCome(on_day, now) ? 'coming' : 'past'
}

/** Today's days, then future, undated and past ones, the latest past day first. Empty groups are left out. */
export function groupDays(days: readonly JornadaDay[], now: Date): { group: DayGroup; days: JornadaDay[] }[] {
  const groups = DAY_GROUPS.map((group) => ({
    group,
    days: days.filter((day) => groupOf(day, now) === group), // the server orders them by day and hour
  }))
  return groups
    .map(({ group, days: some }) => ({ group, days: group === 'past' ? some.toReversed() : some }))
    .filter(({ days: some }) => some.length > 0)
}

const DOORS_BEFORE_MS = 6 * 3_600_000

/**
 * From when the arrivals of a day are noted (`app.doors_open`), if that is after `now`: six hours before it begins, or its
 * first moment where the hour is unknown. '' for a day without a date; null once its doors are open.
 */
export function shutUntil(
  { on_day, starts_at }: Pick<Jornada, 'on_day' | 'starts_at'>,
  now: Date,
): string | null {
  if (!on_day) return ''
  const opens = starts_at ? new Date(Date.parse(starts_at) - DOORS_BEFORE_MS) : new Date(startOfDay(on_day))
  return now < opens ? opens.toISOString() : null
}

/** «martes 8 de diciembre de 2026, 10:00», or the part of it that is known. */
export function whenWords({ on_day, starts_at }: Pick<Jornada, 'on_day' | 'starts_at'>): string {
  if (!on_day) return t('when.undated')
  return starts_at ? formatDateTime(starts_at) : t('when.no_hour', { day: formatDay(on_day) })
}

export const placeWords = ({ place, modality }: Pick<Jornada, 'place' | 'modality'>): string => {
  const where = place ?? t('place.unknown')
  return modality ? `${where}\u00a0· ${t(`modality.${modality}`)}` : where
}
