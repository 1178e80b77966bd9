/** The survey after a day: what of it a phone offers. */
import { certainNow } from '@/data/serverClock'
import type { PendingOp } from '@/data/submissions'
import { endOfDay } from '@/domain/centralTime'
import words from '@/i18n/es-MX/jornadasSurvey.json'
import { translator } from '@/i18n/translator'
import type { Jornada, Seat } from './registration'
import type { Survey } from './surveyWire'

export const t = translator(words)

/** Code points of the free text. */
export const WORDS_MAX = 500
/** The survey of a day is open for so many days after its end. */
const OPEN_DAYS = 30

export const SCALE = [1, 2, 3, 4, 5] as const

/**
 * `none`: nothing is asked of this person. `kept`: the answers are on this phone and not sent yet. `sent`: the server has
 * them. The server decides.
 */
export type SurveyStep = 'none' | 'early' | 'open' | 'kept' | 'sent' | 'closed'

export function surveyStep(
  survey: Survey | undefined,
  seat: Seat,
  { on_day, ends_at }: Pick<Jornada, 'on_day' | 'ends_at'>,
  pending: readonly PendingOp[],
): SurveyStep {
  if (!survey || seat.status !== 'attended' || !on_day) return 'none'
  if (seat.surveyed) return 'sent'
  if (pending.some((op) => isSurveyOf(op, seat.jornada_id))) return 'kept'
  const end = new Date(ends_at ?? endOfDay(on_day)).getTime()
  const now = certainNow().getTime()
  if (now < end) return 'early'
  return now > end + OPEN_DAYS * 86_400_000 ? 'closed' : 'open'
}

const isSurveyOf = ({ kind, payload }: PendingOp, jornada: string): boolean =>
  kind === 'survey.answer' && (payload as { jornada_id?: string }).jornada_id === jornada
