/** The result of a scan or a mark, in short words. */
import type { JornadaDay } from '@/features/jornadas/registration'
import { refusalText } from '@/i18n/refusals'
import { formatDay } from '@/ui/dates'
import { formatHour } from '@/ui/shortDates'
import type { Judgement } from './passes'
import type { Person } from './people'
import type { Marked } from './useDoor'
import { t } from './words'

export interface Outcome {
  tone: 'good' | 'warn' | 'bad'
  title: string
  text: string
  person: Person | null
}

/** If the server's instant of an arrival differs by more, another phone marked it first. */
const SAME_MS = 2_000
const isOurs = (at: string, marked: Marked) => Math.abs(Date.parse(at) - Date.parse(marked.at)) < SAME_MS

/** The result of a mark made on this phone. It changes with the person's state: unsent, accepted, refused. */
export function markedOutcome(person: Person, marked: Marked): Outcome {
  const { state, at, op } = person
  if (state === 'refused') {
    const text = refusalText(op?.code ?? 'server')
    return { tone: 'bad', title: t('outcome.refused'), text, person }
  }
  const time = formatHour(at ?? marked.at)
  if (state === 'unsent')
    return { tone: 'good', title: t('outcome.marked'), text: t('outcome.unsent', { time }), person }
  return at !== null && !isOurs(at, marked)
    ? { tone: 'warn', title: t('outcome.already'), text: t('outcome.already_text', { time }), person }
    : { tone: 'good', title: t('outcome.marked'), text: t('outcome.marked_text', { time }), person }
}

/** The words for a pass of another day. They name the day only if this member may see it. */
function otherDay(jornadaId: string, days: readonly JornadaDay[]): string {
  const day = days.find(({ id }) => id === jornadaId)
  if (!day) return t('outcome.wrong_day_text')
  if (day.cancelled_at) return t('outcome.wrong_day_cancelled', { title: day.title })
  const when = day.on_day ? formatDay(day.on_day) : t('when.undated')
  return t('outcome.wrong_day_known', { title: day.title, when })
}

/** The result of a pass that is not valid here. `listAt` is when the list was read. */
export function judgedOutcome(
  judgement: Exclude<Judgement, { outcome: 'good' }>,
  listAt: string,
  days: readonly JornadaDay[],
): Outcome {
  const title = t(`outcome.${judgement.outcome}`)
  if (judgement.outcome === 'wrong_day')
    return { tone: 'bad', title, text: otherDay(judgement.pass.jornada_id, days), person: null }
  if (!('person' in judgement)) {
    const text = t(`outcome.${judgement.outcome}_text`, { time: formatHour(listAt) })
    return { tone: 'bad', title, text, person: null }
  }
  const { outcome, person } = judgement
  if (outcome === 'refused')
    return { tone: 'bad', title, text: refusalText(person.op?.code ?? 'server'), person }
  const text = t(`outcome.${outcome}_text`, { time: formatHour(person.at ?? listAt) })
  return { tone: outcome === 'invalid' ? 'bad' : 'warn', title, text, person }
}
