/** Saves the calendar file of days. The phone makes it, so it works offline. */
import { useInstitutionStore } from '@/data/institutionStore'
import { serverNow } from '@/data/serverClock'
import { formatIcs } from '../../../supabase/functions/_shared/ics'
import type { Jornada } from './registration'
import { t } from './words'

export interface CalendarWish {
  /** The registration, and its version. */
  submission: string
  version: number
  day: Jornada
  campaign: string
  folio: string
  /** The label of a campaign that is no real one; null or absent for none. */
  label?: string | null
  /** Whether the file removes the event from the calendar. */
  isCancelled?: boolean
}

function eventOf({ submission, version, day, campaign, folio, label, isCancelled = false }: CalendarWish) {
  const words = t(isCancelled ? 'pass.calendar.cancelled' : 'pass.calendar.text', { folio })
  const description = label ? `${words}\n\n${label}` : words
  return { submission, version, jornada: day, summary: `${campaign}: ${day.title}`, description, isCancelled }
}

/** Offers a file with all these days of one registration to the phone. Does nothing while no date is known. */
export function saveCalendarFile(wishes: readonly CalendarWish[]): void {
  const institution = useInstitutionStore().institution
  const file = formatIcs({
    events: wishes.map(eventOf),
    origin: location.origin,
    organiser: {
      name: institution?.name ?? '',
      email: institution?.contact.email ?? `no-responder@${location.hostname}`,
    },
    now: serverNow(),
  })
  if (!file) return
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([file], { type: 'text/calendar' }))
  link.download = `${wishes[0]!.folio}.ics`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
