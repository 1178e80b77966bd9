/** The attendance of a campaign added up by day, class, municipality and speaker, and the lists behind each figure. */
import type { RouteLocationRaw } from 'vue-router'
import type { LocationQuery } from 'vue-router'
import type { AttendanceFigures, AttendedBody, AttendedDay } from '@/features/jornadas/attendance'
import words from '@/i18n/es-MX/jornadasAttendance.json'
import { translator } from '@/i18n/translator'
import { formatShortDay } from '@/ui/shortDates'

export const t = translator(words)

/** A line of a chart: of the seats that were given for days that are over, those whose people came. */
export interface AttendanceLine {
  id: string
  name: string
  attended: number
  absent: number
  to?: RouteLocationRaw
}

export interface BodyFilter {
  /** The name of a class; null: any. The same goes for the others. */
  className: string | null
  municipality: string | null
  came: 'yes' | 'no' | null
}

const textOf = (value: LocationQuery[string] | undefined) => (typeof value === 'string' ? value : null)

export function filterOf(query: LocationQuery): BodyFilter {
  const came = textOf(query['vino'])
  return {
    className: textOf(query['clase']),
    municipality: textOf(query['municipio']),
    came: came === 'si' ? 'yes' : came === 'no' ? 'no' : null,
  }
}

/** The list of bodies on this page under a filter. */
export const bodiesAt = (id: string, query: Record<string, string>): RouteLocationRaw => ({
  name: 'staff-attendance',
  params: { id },
  query,
  hash: '#instituciones',
})

export const bodiesIn = (
  bodies: readonly AttendedBody[],
  { className, municipality, came }: BodyFilter,
): AttendedBody[] =>
  bodies.filter(
    (one) =>
      (!className || one.class_name === className) &&
      (!municipality || placeOf(one) === municipality) &&
      (!came || one.attended > 0 === (came === 'yes')),
  )

export const placeOf = ({ municipality }: AttendedBody): string => municipality ?? t('no_place')

export const dayName = ({ on_day, title }: AttendedDay): string =>
  `${on_day ? formatShortDay(on_day) : t('undated')} · ${title}`

/** The registrations of a day: those who came, or the confirmed ones who did not. */
export const seatsAt = (day: string, estado: 'attended' | 'confirmed'): RouteLocationRaw => ({
  name: 'staff-registrations',
  query: { dia: day, estado },
})

const isCounted = ({ is_over, cancelled }: AttendedDay) => is_over && !cancelled

export const daysOver = ({ days }: AttendanceFigures): AttendedDay[] => days.filter(isCounted)

function summed<T extends { attended: number; absent: number }>(
  rows: readonly T[],
  nameOf: (row: T) => string,
  toOf: (name: string) => RouteLocationRaw | undefined,
): AttendanceLine[] {
  const lines = new Map<string, AttendanceLine>()
  for (const row of rows) {
    const name = nameOf(row)
    const line = lines.get(name) ?? { id: name, name, attended: 0, absent: 0 }
    const to = toOf(name)
    lines.set(name, {
      ...line,
      attended: line.attended + row.attended,
      absent: line.absent + row.absent,
      ...(to && { to }),
    })
  }
  return [...lines.values()]
}

const byShown = (lines: AttendanceLine[]) =>
  lines.filter(({ attended, absent }) => attended + absent > 0).toSorted((a, b) => b.attended - a.attended)

export const byDay = (figures: AttendanceFigures): AttendanceLine[] =>
  daysOver(figures).map((day) => ({
    id: day.id,
    name: dayName(day),
    attended: day.attended,
    absent: day.absent,
    to: seatsAt(day.id, 'attended'),
  }))

/** A speaker of one day leads to its registrations; of several days to the chart of days, which stands on the page. */
export function bySpeaker(figures: AttendanceFigures): AttendanceLine[] {
  const days = daysOver(figures)
  return byShown(
    summed(
      days,
      ({ speaker }) => speaker || t('no_speaker'),
      (name) => {
        const own = days.filter(({ speaker }) => (speaker || t('no_speaker')) === name)
        return own.length === 1 ? seatsAt(own[0]!.id, 'attended') : { hash: '#dias' }
      },
    ),
  )
}

export const byClass = (id: string, { bodies }: AttendanceFigures): AttendanceLine[] =>
  byShown(
    summed(
      bodies,
      ({ class_name }) => class_name,
      (clase) => bodiesAt(id, { clase }),
    ),
  )

export const byMunicipality = (id: string, { bodies }: AttendanceFigures): AttendanceLine[] =>
  byShown(summed(bodies, placeOf, (municipio) => bodiesAt(id, { municipio })))

/** The people of all days that are over; whoever comes on two days counts twice. */
export function totalsOf(figures: AttendanceFigures) {
  const days = daysOver(figures)
  const sum = (name: 'attended' | 'absent' | 'released') => days.reduce((total, day) => total + day[name], 0)
  return {
    attended: sum('attended'),
    absent: sum('absent'),
    released: sum('released'),
    came: figures.bodies.filter(({ attended }) => attended > 0).length,
    never: figures.bodies.filter(({ attended }) => attended === 0).length,
  }
}
