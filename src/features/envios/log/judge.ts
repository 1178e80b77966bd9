/**
 * Judges an answer of `log_proof` with nothing but the published keys and the last head that was seen. The folio page and the
 * command `verify:log` use this path. docs/log.md is the format.
 */
import { fromHex, isSigned, type PublicKey } from '@/campaign/signature'
import { localDay } from '@/domain/centralTime'
import type { LogProof, SignedHead } from '@/domain/publicLog'
import { hashesIn, isExtension, isIncluded } from '../../../../supabase/functions/_shared/signed/merkle'
import {
  type LogHead,
  type LogStep,
  readHead,
  readStep,
  stepLeaf,
} from '../../../../supabase/functions/_shared/signed/publicLog'

/** What the phone knows by itself of its submission. Instants in ISO 8601. */
export interface Own {
  folio: string
  received_at: string
  /** Its content was erased at the end of its period. */
  erased: boolean
}

/** A step that is in the log. `position` counts from 0. */
interface Counted extends LogStep {
  position: number
}

/**
 * `unknown_signer`: signed by no key that this phone has. Failures: `signature` (the head is not signed), `history` (it does
 * not extend the head that was seen), `inclusion` (a step is not where the answer says), `missing` (the head is of a later
 * day than the submission and does not have it).
 */
export type LogVerdict =
  | { outcome: 'waiting' | 'erased' | 'unknown_signer' }
  | { outcome: 'included'; head: LogHead; seen: LogHead | null; steps: Counted[]; waiting: number }
  | { outcome: 'failed'; code: 'signature' | 'history' | 'inclusion' | 'missing' }

/** Never rejects. `seen`: the last head, undefined where there was none. */
export async function judgeProof(
  proof: LogProof,
  own: Own,
  keys: readonly PublicKey[],
  seen: SignedHead | undefined,
): Promise<LogVerdict> {
  const before = seen ? readHead(seen.text) : null
  if (!proof.head) return before ? { outcome: 'failed', code: 'history' } : { outcome: 'waiting' }
  const head = await signedHead(proof.head, keys)
  if (head === 'unknown_signer') return { outcome: head }
  if (!head) return { outcome: 'failed', code: 'signature' }
  const path = hashesIn(proof.consistency)
  if (before && !(path && isExtension(before, head, path))) return { outcome: 'failed', code: 'history' }
  if (own.erased) return { outcome: 'erased' }
  const steps = countedSteps(proof.steps, own.folio, head)
  if (!steps) return { outcome: 'failed', code: 'inclusion' }
  if (!steps.some(({ kind }) => kind === 'received'))
    return localDay(own.received_at) < head.day
      ? { outcome: 'failed', code: 'missing' }
      : { outcome: 'waiting' }
  return { outcome: 'included', head, seen: before, steps, waiting: proof.waiting }
}

/** The head, when one of these keys signed it; null when none did. */
export async function signedHead(
  { text, signature }: SignedHead,
  keys: readonly PublicKey[],
): Promise<LogHead | null | 'unknown_signer'> {
  const [head, bytes] = [readHead(text), fromHex(signature)]
  if (!head || bytes?.length !== 64) return null
  const key = keys.find(({ id }) => id === head.keyId)
  if (!key) return 'unknown_signer'
  return (await isSigned(new TextEncoder().encode(text), bytes, key)) ? head : null
}

/** The steps, when each is of this folio and stands under this head; null otherwise. */
export function countedSteps(steps: LogProof['steps'], folio: string, head: LogHead): Counted[] | null {
  const counted: Counted[] = []
  for (const { text, salt, position, proof } of steps) {
    const [step, leaf, path] = [readStep(text), stepLeaf(text, salt), hashesIn(proof)]
    if (!step || step.folio !== folio || !leaf || !path || !isIncluded(leaf, position, head, path))
      return null
    counted.push({ ...step, position })
  }
  return counted
}
