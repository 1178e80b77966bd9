/** What a person can do about a refused op. No op is dropped unless they ask for it. */
import { hasWords, isAttach, isReplace } from '@/domain/ops'

/**
 * `fix` opens the form again, `retry` sends the op unchanged, `copy` copies the text, `discard` deletes a text that
 * exists only here (after a confirmation), `dismiss` drops an op without a text.
 */
export type RefusalAction = 'fix' | 'retry' | 'copy' | 'discard' | 'dismiss'

/** Codes that no change of the text can fix. */
const TOO_LATE = new Set([
  'convocatoria_closed',
  'convocatoria_unknown',
  'not_correctable',
  'submission_unknown',
  'submission_erased',
])
/** Codes about the version of the app or the time, not about the text. */
const NOT_THE_TEXT = new Set([
  'convocatoria_not_open',
  'unknown_kind',
  'unsupported_version',
  'malformed_op',
  'batch_too_large',
  'server',
])
const FINAL = new Set([
  'not_withdrawable',
  'withdrawal_final',
  'transition_invalid',
  'second_review_used',
  'second_review_late',
  'submission_unknown',
  'submission_erased',
  'offer_expired',
  'seat_unknown',
  'jornada_cancelled',
  'jornada_not_cancelled',
  'jornada_past',
  'jornada_undated',
  'already_registered',
  'survey_not_open',
])

/** The actions for a refusal code and an op's kind, the best one first. */
export function actionsFor(code: string, kind: string): readonly RefusalAction[] {
  if (isAttach({ kind }) || isReplace({ kind })) return [] // the video's card offers what can be done
  if (!hasWords(kind)) return FINAL.has(code) ? ['dismiss'] : ['retry', 'dismiss']
  if (TOO_LATE.has(code)) return ['copy', 'discard']
  return NOT_THE_TEXT.has(code) ? ['retry', 'fix', 'copy', 'discard'] : ['fix', 'copy', 'discard']
}
