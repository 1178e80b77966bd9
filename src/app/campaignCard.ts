/** The words and the order of the landing's campaign cards, by the server's clock. */
import { phaseNow } from '@/data/campaignPhase'
import { daysBetween } from '@/domain/centralTime'
import type { ConvocatoriaCard } from '@/domain/rows'
import messages from '@/i18n/es-MX/shell.json'
import { translator } from '@/i18n/translator'
import { formatDateTime, formatDay, formatDayWithoutYear, remaining } from '@/ui/dates'

const t = translator(messages)

export interface CardGroups {
  open: ConvocatoriaCard[]
  coming: ConvocatoriaCard[]
  closed: ConvocatoriaCard[]
}

/** Groups and sorts cards: open ones by deadline, coming ones by opening, closed ones by latest deadline. */
export function groupCards(cards: readonly ConvocatoriaCard[], now: Date): CardGroups {
  const inPhase = (...phases: ReturnType<typeof phaseNow>[]) =>
    cards.filter((card) => phases.includes(phaseNow(card, now)))
  const by = (key: 'opens_at' | 'received_until') => (a: ConvocatoriaCard, b: ConvocatoriaCard) =>
    Date.parse(a[key]) - Date.parse(b[key])
  return {
    open: inPhase('open', 'unsure', 'paused', 'grace').sort(by('received_until')),
    coming: inPhase('coming').sort(by('opens_at')),
    closed: inPhase('closed').sort(by('received_until')).reverse(),
  }
}

/** The deadline in words, with the remaining time. */
export function deadlineWords(card: ConvocatoriaCard, now: Date): string {
  const until = (key: 'card.closes' | 'card.opens', at: string) =>
    t(key, { when: formatDateTime(at), left: remaining(at, now) })
  switch (phaseNow(card, now)) {
    case 'unsure':
      return t('card.unsure', { from: formatDay(card.opens_at), to: formatDay(card.closes_at) })
    case 'coming':
      return until('card.opens', card.opens_at)
    case 'open':
    case 'paused': // the card says so; the closing still stands
      return until('card.closes', card.closes_at)
    case 'grace':
      return t('card.receives', {
        closed: formatDateTime(card.closes_at),
        when: formatDateTime(card.received_until),
        left: remaining(card.received_until, now),
      })
    case 'closed':
      return t('card.ended', { day: formatDay(card.closes_at) })
  }
}

/** The day that counts for a card of the landing, whose chip has the remaining time; all the words where a day is not enough. */
export function dayWords(card: ConvocatoriaCard, now: Date): string {
  const phase = phaseNow(card, now)
  if (phase === 'open' || phase === 'paused')
    return t('card.closes_on', { day: formatDayWithoutYear(card.closes_at) })
  if (phase === 'coming') return t('card.opens_on', { day: formatDayWithoutYear(card.opens_at) })
  return deadlineWords(card, now)
}

/** What came of a closed campaign: what was published, when results are due, or what the institution says of it. */
export function outcomeWords({ published_count, results_on, label }: ConvocatoriaCard, now: Date): string {
  if (published_count > 0) return t('card.published', { count: published_count })
  if (results_on && daysBetween(now, results_on) >= 0)
    return t('card.results_on', { day: formatDay(results_on) })
  return label ?? ''
}
