/** The registrations that a filter leaves as a CSV file: a row for each seat. */
import { ref } from 'vue'
import type { JornadaDay, Seat } from '@/features/jornadas/registration'
import type { RegistrationLine } from '@/features/jornadas/registrationList'
import { csvOf, offerCsv } from '@/staff/csv'
import { localTime } from '@/domain/centralTime'
import { formatShortDay } from '@/ui/shortDates'
import { type RegistrationFilter, seatsShown } from './registrationFilter'
import { seatLine } from './seatLine'
import { askRegistrations } from './useRegistrations'
import { t } from './words'

/** The most registrations of a file. */
const FILE_MAX = 10_000

const COLUMNS = ['folio', 'person', 'post', 'body', 'day', 'title', 'seats', 'arrived'] as const

async function linesOf(filter: RegistrationFilter, search: string) {
  const lines: RegistrationLine[] = []
  let place: string | null = null
  do {
    const page = await askRegistrations(filter, search, place)
    lines.push(...page.items)
    place = page.next
  } while (place && lines.length < FILE_MAX)
  return { lines, isCut: place !== null }
}

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
  const said = ref('')
  const isExporting = ref(false)

  async function download(
    filter: RegistrationFilter,
    search: string,
    days: readonly JornadaDay[],
  ): Promise<void> {
    isExporting.value = true
    said.value = t('file.busy')
    try {
      const { lines, isCut } = await linesOf(filter, search)
      const rows = lines.flatMap((line) =>
        seatsShown(line.seats, filter.day)
          .filter((seat) => isAsked(seat, filter))
          .map((seat) => rowOf(line, seat, days)),
      )
      offerCsv(t('file.name'), csvOf([COLUMNS.map((column) => t(`table.${column}`)), ...rows]))
      said.value = isCut ? t('file.cut', { count: lines.length }) : ''
    } catch {
      said.value = t('file.failed')
    } finally {
      isExporting.value = false
    }
  }
  return { said, isExporting, download }
}
