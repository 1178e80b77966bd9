/** The days of a series as the studio writes them, and the rules that make several at once. */
import { instantAt, localTime } from '@/domain/centralTime'

export interface StudioDay {
  id: string
  group_id: string | null
  title: string
  speaker: string
  speaker_post: string | null
  on_day: string | null // null: «por confirmar»
  starts_at: string | null
  ends_at: string | null
  place: string | null
  address: string | null
  accessibility: string | null
  link: string | null
  modality: 'presencial' | 'virtual' | null
  capacity: number | null
  /** The seats online of a day in both modalities, besides those of its place. Absent in sections of before. */
  online_capacity?: number | null
  cancelled_at?: string // of a public day that was called off
}

/** The content of the section `jornadas`. */
export interface DaysData {
  days?: StudioDay[]
}

/** The content of the section `grupos`. */
export interface GroupsData {
  groups?: { id: string; name: string; classes: string[] }[]
}

export const emptyDay = (group_id: string | null): StudioDay => ({
  id: crypto.randomUUID(),
  group_id,
  title: '',
  speaker: '',
  speaker_post: null,
  on_day: null,
  starts_at: null,
  ends_at: null,
  place: null,
  address: null,
  accessibility: null,
  link: null,
  modality: null,
  capacity: null,
})

/** Moves a day: its hours go along. Without a day there are no hours. */
export function setDay(day: StudioDay, on: string | null): void {
  const move = (instant: string | null) => (on && instant ? instantAt(on, localTime(instant)) : null)
  day.starts_at = move(day.starts_at)
  day.ends_at = move(day.ends_at)
  day.on_day = on
}

/** Sets an hour (`HH:MM`, central Mexico; '' takes it away) of a day that has a date. */
export function setHour(day: StudioDay, key: 'starts_at' | 'ends_at', hour: string): void {
  day[key] = day.on_day && hour ? instantAt(day.on_day, hour) : null
}

/** A copy with an id of its own. */
export const copyOf = (day: StudioDay, change: Partial<StudioDay> = {}): StudioDay => ({
  ...day,
  id: crypto.randomUUID(),
  ...change,
})

/** The same day for those who come in the other way: its own seats, and nothing that only one of both has. */
export const otherModality = (day: StudioDay): StudioDay =>
  day.modality === 'presencial'
    ? copyOf(day, {
        modality: 'virtual',
        online_capacity: null,
        place: null,
        address: null,
        accessibility: null,
        capacity: null,
      })
    : copyOf(day, { modality: 'presencial', link: null, capacity: null })

export interface SeriesRule {
  /** The first day that may be one, `YYYY-MM-DD`. */
  from: string
  /** Days of the week, 1 for Monday to 7 for Sunday. */
  weekdays: readonly number[]
  count: number
  /** Days to leave out, such as those on which the institution does not work. */
  skip: ReadonlySet<string>
}

const LONGEST_DAYS = 1000

/** The days that a rule names: at most `count`, in order, within about three years. */
export function daysOfRule({ from, weekdays, count, skip }: SeriesRule): string[] {
  const found: string[] = []
  const first = Date.parse(`${from}T12:00:00Z`)
  if (Number.isNaN(first) || weekdays.length === 0) return found
  for (let offset = 0; offset < LONGEST_DAYS && found.length < count; offset += 1) {
    const at = new Date(first + offset * 86_400_000)
    const day = at.toISOString().slice(0, 10)
    if (weekdays.includes(at.getUTCDay() || 7) && !skip.has(day)) found.push(day)
  }
  return found
}

const ORDINALS = [
  'Primera',
  'Segunda',
  'Tercera',
  'Cuarta',
  'Quinta',
  'Sexta',
  'Séptima',
  'Octava',
  'Novena',
  'Décima',
]

/** «Primera», «Segunda»… and «Jornada 11» from the eleventh on. */
export const ordinalTitle = (place: number): string => ORDINALS[place] ?? `Jornada ${place + 1}`

/** The days of a rule as copies of a model, with its hours. */
export const makeSeries = (model: StudioDay, rule: SeriesRule): StudioDay[] =>
  daysOfRule(rule).map((on, place) => {
    const day = copyOf(model, { title: [ordinalTitle(place), model.title].filter(Boolean).join('. ') })
    setDay(day, on)
    return day
  })

/** A group's days again in another one, without dates: those of the copy are others. */
export const repeatInto = (days: readonly StudioDay[], from: string, into: string): StudioDay[] =>
  days
    .filter(({ group_id }) => group_id === from)
    .map((day) => copyOf(day, { group_id: into, on_day: null, starts_at: null, ends_at: null }))

const SHARED = ['modality', 'capacity', 'place', 'address', 'accessibility', 'link'] as const

/**
 * A day with what it lacks and another of its group has: modality, seats, place, link, and the hours if it has a date.
 * What is written in it stays; a place or a link goes to days of the same modality only.
 */
export function withShared(day: StudioDay, from: StudioDay): StudioDay {
  if (day.id === from.id || day.group_id !== from.group_id) return day
  const next = { ...day }
  if (!next.modality || next.modality === from.modality)
    for (const key of SHARED) next[key] ??= from[key] as never
  for (const key of ['starts_at', 'ends_at'] as const)
    if (!next[key] && from[key]) setHour(next, key, localTime(from[key]))
  return next
}
