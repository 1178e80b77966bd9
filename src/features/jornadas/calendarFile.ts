/** Saves the calendar file of a day. The phone makes it, so it works offline. */
import { serverNow } from '@/data/serverClock'
import { formatIcs } from './ics'
import type { Jornada } from './registration'
import { t } from './words'

export interface CalendarWish {
  day: Jornada
  campaign: string
  folio: string
  /** The label of a campaign that is no real one; null or absent for none. */
  label?: string | null
  /** Whether the file removes the event from the calendar. */
  isCancelled?: boolean
}

/** Offers the file to the phone. Does nothing while the date of the day is to be confirmed. */
export function saveCalendarFile({ day, campaign, folio, label, isCancelled = false }: CalendarWish): void {
  const words = t(isCancelled ? 'pass.calendar.cancelled' : 'pass.calendar.text', { folio })
  const file = formatIcs({
    jornada: day,
    summary: `${campaign}: ${day.title}`,
    description: label ? `${words}\n\n${label}` : words,
    host: location.hostname,
    now: serverNow(),
    isCancelled,
  })
  if (!file) return
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([file], { type: 'text/calendar' }))
  link.download = `${folio}.ics`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
