/** The tables of the page, for the cards and for one file of all. */
import type { AttendanceFigures, AttendedBody } from '@/features/jornadas/attendance'
import type { Sheet } from '@/staff/xlsxFile'
import { type AttendanceLine, byClass, byDay, byMunicipality, bySpeaker, placeOf, t } from './sums'

type Name = 'day' | 'class' | 'municipality' | 'speaker'
type Row = (string | number)[]

export const tableOf = (
  name: Name,
  lines: readonly AttendanceLine[],
): { columns: string[]; rows: Row[] } => ({
  columns: [t(`column.${name}`), t('column.attended'), t('column.absent')],
  rows: lines.map(({ name: label, attended, absent }) => [label, attended, absent]),
})

export const BODY_COLUMNS = ['body', 'class', 'municipality', 'registered', 'attended', 'absent'] as const

export const bodyRow = (one: AttendedBody): Row => [
  one.name,
  one.class_name,
  placeOf(one),
  one.registered,
  one.attended,
  one.absent,
]

/** Every table as a sheet. */
export function sheetsOf(id: string, figures: AttendanceFigures): Sheet[] {
  const lines: [Name, AttendanceLine[]][] = [
    ['day', byDay(figures)],
    ['class', byClass(id, figures)],
    ['municipality', byMunicipality(id, figures)],
    ['speaker', bySpeaker(figures)],
  ]
  return [
    ...lines.map(([name, all]) => {
      const { columns, rows } = tableOf(name, all)
      return { name: t(`column.${name}`), rows: [columns, ...rows] }
    }),
    {
      name: t('bodies.title'),
      rows: [BODY_COLUMNS.map((column) => t(`column.${column}`)), ...figures.bodies.map(bodyRow)],
    },
  ]
}
