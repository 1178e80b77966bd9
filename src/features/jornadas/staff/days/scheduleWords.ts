/** The schedule of a jornada in words, line by line, and the lines that a change alters. */
import { localTime } from '@/domain/centralTime'
import { changedFields, type Reschedule, type Schedule, type ScheduleField, turns } from './schedule'
import words from '@/i18n/es-MX/jornadasReschedule.json'
import { translator } from '@/i18n/translator'
import { formatDayOrPending } from '@/ui/shortDates'
import type { ChangeRow } from '@/staff/conflict/changes'

const t = translator(words)

function hoursOf({ starts_at, ends_at }: Schedule): string {
  if (!starts_at) return t('value.no_hours')
  const from = localTime(starts_at)
  return ends_at ? t('value.hours', { from, to: localTime(ends_at) }) : t('value.from', { from })
}

const LINES = [
  { keys: ['on_day'], label: t('line.day'), valueOf: (day) => formatDayOrPending(day.on_day) },
  { keys: ['starts_at', 'ends_at'], label: t('line.hours'), valueOf: hoursOf },
  { keys: ['place'], label: t('line.place'), valueOf: ({ place }) => place ?? t('value.no_place') },
  {
    keys: ['modality'],
    label: t('line.modality'),
    valueOf: ({ modality }) => (modality ? t(`modality.${modality}`) : t('value.no_modality')),
  },
  ...(['speaker', 'speaker_post', 'address', 'accessibility', 'link'] as const).map((key) => ({
    keys: [key],
    label: t(`line.${key}`),
    valueOf: (day: Omit<Schedule, 'cancelled_at'>) => day[key] || t('value.none'),
  })),
  {
    keys: ['capacity'],
    label: t('line.capacity'),
    valueOf: ({ capacity }) =>
      capacity === null ? t('value.no_capacity') : t('value.capacity', { count: capacity }),
  },
  {
    keys: ['online_capacity'],
    label: t('line.online_capacity'),
    valueOf: ({ online_capacity }) =>
      online_capacity ? t('value.capacity', { count: online_capacity }) : t('value.none'),
  },
] satisfies {
  keys: ScheduleField[]
  label: string
  valueOf: (day: Omit<Schedule, 'cancelled_at'>) => string
}[]

/** All lines of a schedule. */
export const linesOf = (day: Schedule) =>
  LINES.filter(({ keys }) => keys.every((key) => day[key] !== undefined)).map(({ label, valueOf }) => ({
    label,
    value: valueOf(day),
  }))

/** The lines whose words differ. A new date with the same hours changes the line of the date only. */
export function changesOf(before: Schedule, after: Schedule | Reschedule): ChangeRow[] {
  const isOff = 'cancelled' in after ? after.cancelled : 'cancelled_at' in after && !!after.cancelled_at
  if (turns(before, { cancelled: isOff })) {
    const valueOf = (is: boolean | undefined) => t(is ? 'value.cancelled' : 'value.takes_place')
    return [{ label: t('line.state'), before: valueOf(!!before.cancelled_at), after: valueOf(isOff) }]
  }
  const changed = new Set<string>(changedFields(before, after))
  return LINES.filter(({ keys }) => keys.some((key) => changed.has(key)))
    .map(({ label, valueOf }) => ({ label, before: valueOf(before), after: valueOf(after) }))
    .filter((row) => row.before !== row.after)
}
