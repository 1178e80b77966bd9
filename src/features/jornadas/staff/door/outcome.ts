/** The result of a scan or a mark, in short words. */
import type { JornadaDay } from '@/features/jornadas/registration'
import { refusalText } from '@/i18n/refusals'
import { formatHour } from '@/ui/shortDates'
import { whenWords } from './days'
import type { KeptList } from './keptLists'
import { isOfDay, type Judgement, type Pass } from './passes'
import { hasLeft, type Person } from './people'
import type { Marked } from './useNotes'
import { t } from './words'

export interface Outcome {
  tone: 'good' | 'warn' | 'bad' | 'info'
  title: string
  text: string
  person: Person | null
  /** The folio of somebody whose seat is on another day, and not on this one. */
  elsewhere?: string
  /** What the volunteer is asked before the person is let in. */
  asks?: 'online' | 'pending'
}

/** If the server's instant of an arrival differs by more, another phone marked it first. */
const SAME_MS = 2_000
const isOurs = (at: string, marked: Marked) => Math.abs(Date.parse(at) - Date.parse(marked.at)) < SAME_MS

/** The result of a departure noted on this phone. */
function leftOutcome(person: Person, marked: Marked): Outcome {
  const time = formatHour(person.left ?? marked.at)
  if (person.op?.kind === 'door.check_out' && person.op.state === 'needs_person') {
    const text = refusalText(person.op.code ?? 'server')
    return { tone: 'bad', title: t('outcome.out_refused'), text, person }
  }
  const text = t(person.state === 'left_unsent' ? 'outcome.unsent' : 'outcome.marked_text', { time })
  return { tone: 'good', title: t(hasLeft(person) ? 'outcome.left' : 'outcome.marked'), text, person }
}

/**
 * The result of a mark made on this phone. It changes with the person's state: unsent, accepted, refused. `isUnlisted`: a signed
 * pass spoke for somebody whom the list did not have, and the server decides.
 */
export function markedOutcome(person: Person, marked: Marked, isUnlisted = false): Outcome {
  const { state, at, op } = person
  if (state === 'refused') {
    const text = refusalText(op?.code ?? 'server')
    return { tone: 'bad', title: t('outcome.refused'), text, person }
  }
  if (marked.way === 'out') return leftOutcome(person, marked)
  if (state === 'waiting' || state === 'offered') {
    const text = t('outcome.no_seat_text', { folio: person.line.folio })
    return { tone: 'warn', title: t('outcome.no_seat'), text, person }
  }
  const time = formatHour(at ?? marked.at)
  if (state === 'unsent' && person.op?.kind === 'door.walk_in')
    return { tone: 'info', title: t('outcome.walkin'), text: t('outcome.walkin_unsent', { time }), person }
  if (state === 'unsent')
    return {
      tone: 'good',
      title: t('outcome.marked'),
      text: t(isUnlisted ? 'outcome.unlisted_text' : 'outcome.unsent', { time }),
      person,
    }
  return at !== null && !isOurs(at, marked)
    ? { tone: 'warn', title: t('outcome.already'), text: t('outcome.already_text', { time }), person }
    : { tone: 'good', title: t('outcome.marked'), text: t('outcome.marked_text', { time }), person }
}

/** The day of a pass that is of another one, in words. They name the day only if this member may see it. */
function otherDay(pass: Pass, days: readonly JornadaDay[]): string {
  const day = days.find(({ id }) => isOfDay(pass, id))
  if (!day) return t('outcome.wrong_day_text')
  if (day.cancelled_at) return t('outcome.wrong_day_cancelled', { title: day.title })
  return t('outcome.wrong_day_known', { title: day.title, when: whenWords(day) })
}

/** A pass of another day never checks anybody in. Whoever is on today's list too is looked up there. */
function wrongDay(
  { pass, here }: Extract<Judgement, { outcome: 'wrong_day' }>,
  days: readonly JornadaDay[],
  seatsLeft: number | null | undefined,
): Outcome {
  const day = otherDay(pass, days)
  const title = t('outcome.wrong_day')
  if (here) return { tone: 'info', title, text: `${day} ${t('outcome.wrong_day_here')}`, person: here }
  const room = seatsLeft == null ? '' : ` ${t('outcome.wrong_day_room', { count: seatsLeft })}`
  return { tone: 'info', title, text: `${day}${room}`, person: null, elsewhere: pass.folio }
}

/** The result of a pass that is not valid here, at the list as last read. */
export function judgedOutcome(
  judgement: Exclude<Judgement, { outcome: 'good' | 'unlisted' }>,
  kept: KeptList | null | undefined,
  days: readonly JornadaDay[],
): Outcome {
  if (judgement.outcome === 'wrong_day') return wrongDay(judgement, days, kept?.list.jornada.seats_left)
  const title = t(`outcome.${judgement.outcome}`)
  const hourOf = (at: string | null | undefined) => (at ? formatHour(at) : '') // no list was read yet
  if (!('person' in judgement)) {
    const text = t(`outcome.${judgement.outcome}_text`, { time: hourOf(kept?.at) })
    return { tone: 'bad', title, text, person: null }
  }
  const { outcome, person } = judgement
  if (outcome === 'refused')
    return { tone: 'bad', title, text: refusalText(person.op?.code ?? 'server'), person }
  if (outcome === 'online' || outcome === 'pending')
    return { tone: 'info', title, text: t(`outcome.${outcome}_text`), person, asks: outcome }
  const text = t(`outcome.${outcome}_text`, { time: hourOf(person.at ?? kept?.at) })
  return { tone: outcome === 'invalid' ? 'bad' : 'warn', title, text, person }
}
