/** The registrations that a filter leaves as a CSV file: a row for each seat. */
import type { JornadaDay, Seat } from '@/features/jornadas/registration'
import type { RegistrationLine } from '@/features/jornadas/registrationList'
import { useCsvFile } from '@/staff/csvFile'
import { localTime } from '@/domain/centralTime'
import { formatShortDay } from '@/ui/shortDates'
import { type RegistrationFilter, seatsShown } from './registrationFilter'
import { seatLine } from './seatLine'
import { askRegistrations } from './useRegistrations'
import { t } from './words'

const COLUMNS = ['folio', 'person', 'post', 'body', 'day', 'title', 'seats', 'arrived'] as const

/** The row of a seat. Only the seats that the filter names are in the file, as on the screen. */
function rowOf(line: RegistrationLine, seat: Seat, days: readonly JornadaDay[]): string[] {
  const { day, title, words } = seatLine(seat, days)
  const arrived = `${formatShortDay(line.received_at)}, ${localTime(line.received_at)}`
  return [
    line.folio,
    line.display_name ?? t('table.erased'),
    line.post,
    line.body_name,
    day,
    title,
    words,
    arrived,
  ]
}

const isAsked = ({ status }: Seat, filter: RegistrationFilter) => !filter.status || status === filter.status

export function useRegistrationFile() {
  const { said, isExporting, download } = useCsvFile({
    busy: t('file.busy'),
    failed: t('file.failed'),
    cut: (count) => t('file.cut', { count }),
  })
  return {
    said,
    isExporting,
    download: (filter: RegistrationFilter, search: string, days: readonly JornadaDay[]) =>
      download<RegistrationLine>({
        name: t('file.name'),
        head: COLUMNS.map((column) => t(`table.${column}`)),
        read: (place) => askRegistrations(filter, search, place),
        rowsOf: (line) =>
          seatsShown(line.seats, filter.day)
            .filter((seat) => isAsked(seat, filter))
            .map((seat) => rowOf(line, seat, days)),
      }),
  }
}
