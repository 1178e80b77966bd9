/** What a person can do with something the server did not take. Nothing is ever dropped without their tap. */
import { hasWords, isAttach } from '@/domain/ops'

/**
 * `fix` opens the text again, `retry` sends it as it is, `copy` takes the words elsewhere, `discard` deletes
 * words that exist only here (asks first), `dismiss` drops a wish that has no words.
 */
export type WayOut = 'fix' | 'retry' | 'copy' | 'discard' | 'dismiss'

/** Codes that no change of the text can cure. */
const TOO_LATE = new Set([
  'convocatoria_closed',
  'convocatoria_unknown',
  'not_correctable',
  'submission_unknown',
])
/** Codes that speak of this version of the app or of the moment, not of the text. */
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
  'submission_unknown',
  'offer_expired',
  'seat_unknown',
])

/** The ways out for this code, the best first. */
export function waysOut(code: string, kind: string): readonly WayOut[] {
  if (isAttach({ kind })) return [] // the file's own card sends it again, from where the server has it
  if (!hasWords(kind)) return FINAL.has(code) ? ['dismiss'] : ['retry', 'dismiss']
  if (TOO_LATE.has(code)) return ['copy', 'discard']
  return NOT_THE_TEXT.has(code) ? ['retry', 'fix', 'copy', 'discard'] : ['fix', 'copy', 'discard']
}
