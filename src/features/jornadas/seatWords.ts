/** What the state of a seat means to the person who registered, and what they can do about it. */
import { serverNow } from '@/data/serverClock'
import type { MailState } from '@/domain/email'
import { formatDateTime } from '@/ui/dates'
import type { Seat } from './registration'
import { t } from './words'

/** Whether the seat depends on its person being confirmed: it is held for a time, was lost like that, or waits for staff. */
export const isUnconfirmed = ({
  status,
  held_until,
  lapsed,
  set_apart,
  pending,
  over_limit,
}: Seat): boolean =>
  status === 'confirmed' || pending
    ? held_until !== undefined
    : status === 'waiting' && (!!lapsed || (!!set_apart && !over_limit))

/** The state in one sentence. */
export function seatWords(seat: Seat, now: Date = serverNow()): string {
  const place = seat.place ?? 0
  if (seat.called_off) return t('seat.called_off')
  if (seat.substituted) return t('seat.substituted')
  if (seat.status === 'confirmed' && seat.held_until) {
    if (now >= new Date(seat.held_until)) return t('seat.held_over')
    return t('seat.held', { until: formatDateTime(seat.held_until) })
  }
  if (seat.pending) return t('seat.pending')
  if (seat.over_limit) return t('seat.over_limit')
  if (seat.status === 'waiting') {
    if (seat.set_apart) return t('seat.set_apart')
    return t(seat.lapsed ? 'seat.lapsed' : 'seat.waiting', { place })
  }
  if (seat.status !== 'offered') return t(`seat.${seat.status}`)
  return t('seat.offered', { until: seat.offer_until ? formatDateTime(seat.offer_until) : '' })
}

/** Why, and what to do, for a seat that `isUnconfirmed`. Only a letter that arrives can confirm its person, or staff. */
export function confirmWords({ lapsed, set_apart }: Seat, mail: MailState | undefined): string[] {
  const state = set_apart ? 'set_apart' : lapsed ? 'lapsed' : 'held'
  const why = t(`confirm.${state}`)
  if (mail === 'unusable' || mail === 'none') return [t('confirm.unusable'), t('confirm.call')]
  if (mail === 'confirmed') return [why, ...(set_apart ? [] : [t('confirm.others')]), t('confirm.call')]
  return [why, t(`confirm.${state}.how`), t('confirm.mail'), t('confirm.phone')]
}
