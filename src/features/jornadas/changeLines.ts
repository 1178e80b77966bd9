/** What was announced of a day, in words. */
import { localTime } from '@/domain/centralTime'
import { formatDay } from '@/ui/dates'
import type { DayChange, DayFields } from './dayChange'
import { t } from './words'

type Fields = Partial<DayFields>

const textOr = (value: string | null | undefined) => value || t('changes.none')
const hour = (instant: string | null | undefined) =>
  instant ? t('changes.hour', { time: localTime(instant) }) : t('changes.none')

const LINES: { [Key in keyof Fields]-?: (fields: Fields) => string } = {
  on_day: ({ on_day }) => (on_day ? formatDay(on_day) : t('day.undated')),
  starts_at: ({ starts_at }) => hour(starts_at),
  ends_at: ({ ends_at }) => hour(ends_at),
  place: ({ place }) => textOr(place),
  address: ({ address }) => textOr(address),
  modality: ({ modality }) => (modality ? t(`modality.${modality}`) : t('changes.none')),
  speaker: ({ speaker }) => textOr(speaker),
  speaker_post: ({ speaker_post }) => textOr(speaker_post),
  accessibility: ({ accessibility }) => textOr(accessibility),
  capacity: ({ capacity }) => String(capacity ?? t('changes.none')),
  online_capacity: ({ online_capacity }) => String(online_capacity ?? t('changes.none')),
}

/** Each field that a change altered, with its old and new words. A new date with the same hours is the date alone. */
export function changeLines({
  before,
  after,
}: DayChange): { label: string; before: string; after: string }[] {
  if (!before || !after) return []
  return (Object.keys(LINES) as (keyof Fields)[])
    .filter((key) => key in after)
    .map((key) => ({ label: t(`changes.${key}`), before: LINES[key](before), after: LINES[key](after) }))
    .filter((line) => line.before !== line.after)
}
