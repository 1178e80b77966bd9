/** A seat in few words, with its icon and tone, for a dense list. */
import type { JornadaDay, Seat } from '@/features/jornadas/registration'
import type { IconName } from '@/ui/icons'
import { formatDayOfMonth } from '@/ui/shortDates'
import { t } from './words'

export interface SeatLine {
  key: string
  /** The day in few words, and its title. */
  day: string
  title: string
  words: string
  icon: IconName
  tone: 'good' | 'warn' | 'quiet' | 'bad'
}

/** «8 dic»; the title while the day has no date. */
const dayWords = ({ title, on_day }: JornadaDay): string => (on_day ? formatDayOfMonth(on_day) : title)

type Look = Omit<SeatLine, 'key' | 'day' | 'title'>

function lookOf(seat: Seat): Look {
  const { status, place, offer_until, held_until, called_off, set_apart, repeats, substituted } = seat
  if (substituted) return { words: t('seat.substituted'), icon: 'user', tone: 'quiet' }
  if (called_off) return { words: t('seat.called_off'), icon: 'stop', tone: 'warn' }
  if (repeats) return { words: t('seat.repeats', { folio: repeats }), icon: 'copy', tone: 'quiet' }
  if (seat.pending) return { words: t('seat.pending'), icon: 'clock', tone: 'warn' }
  if (seat.over_limit) return { words: t('seat.over_limit'), icon: 'clock', tone: 'warn' }
  if (set_apart) return { words: t('seat.set_apart'), icon: 'clock', tone: 'warn' }
  if (held_until)
    return { words: t('seat.held', { date: formatDayOfMonth(held_until) }), icon: 'clock', tone: 'warn' }
  if (status === 'offered')
    return { words: t('seat.offered', { date: formatDayOfMonth(offer_until!) }), icon: 'send', tone: 'warn' }
  if (status === 'waiting')
    return { words: t('seat.waiting', { place: place ?? '' }), icon: 'clock', tone: 'quiet' }
  if (status === 'cancelled') return { words: t('seat.cancelled'), icon: 'stop', tone: 'quiet' }
  return { words: t(`seat.${status}`), icon: status === 'attended' ? 'check' : 'checkCircle', tone: 'good' }
}

/** The seat of a day. `days` may lack it, when the member no longer reads that day. */
export function seatLine(seat: Seat, days: readonly JornadaDay[]): SeatLine {
  const day = days.find(({ id }) => id === seat.jornada_id)
  const words = { day: day ? dayWords(day) : t('seat.day_unknown'), title: day?.title ?? '' }
  const look = lookOf(seat)
  const shown = seat.online ? { ...look, words: t('seat.online', { words: look.words }) } : look
  return { key: seat.jornada_id, ...words, ...shown }
}
