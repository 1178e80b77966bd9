/**
 * Verifies a constancia with nothing but its code, the published keys and the list of those that ended. The page, the
 * command `verify:constancia` and the benchmark use this path. docs/constancia.md is the format.
 */
import { fromHex, isSigned, type PublicKey } from '@/campaign/signature'
import { fromBase64url } from '../../../supabase/functions/_shared/signed/base64url'
import { type Constancia, constanciaIn } from '../../../supabase/functions/_shared/signed/constancia'
import { readRevocations, type RevocationList } from '../../../supabase/functions/_shared/signed/revocations'

/** An answer of `revoked_constancias`. */
export interface SignedText {
  text: string
  signature: string // hexadecimal
}

/**
 * `damaged`: no constancia, or one whose signature does not hold. `unknown_signer`: signed by no key that this project
 * published. `unlisted`: the signature holds, and no list says whether it still counts.
 */
export type Verdict =
  | { outcome: 'damaged' }
  | { outcome: 'unknown_signer' }
  | { outcome: 'unlisted'; constancia: Constancia }
  | { outcome: 'valid' | 'revoked' | 'superseded'; constancia: Constancia; listedAt: string }

/** Far above what is signed: longer codes are refused before any work. */
const LONGEST = 6000

/** The code in what somebody pasted or scanned: it stands behind the `#` of a link, or alone. */
export const codeIn = (text: string): string => text.trim().replace(/^.*#/su, '')

/** Never rejects. `list` is the answer of `revoked_constancias`, null where this device has none. */
export async function verifyConstancia(
  code: string,
  keys: readonly PublicKey[],
  list: SignedText | null,
): Promise<Verdict> {
  const [head, tail, ...rest] = code.split('.')
  const bytes = code.length <= LONGEST && rest.length === 0 ? fromBase64url(head ?? '') : null
  const signature = bytes && fromBase64url(tail ?? '')
  const constancia = bytes && constanciaIn(bytes)
  if (!constancia || signature?.length !== 64) return { outcome: 'damaged' }
  const key = keys.find(({ id }) => id === constancia.keyId)
  if (!key) return { outcome: 'unknown_signer' }
  if (!(await isSigned(bytes, signature, key))) return { outcome: 'damaged' }
  return judge(constancia, list && (await readSignedList(list, keys)))
}

function judge(constancia: Constancia, list: RevocationList | null): Verdict {
  if (!list) return { outcome: 'unlisted', constancia }
  const [superseded, listedAt] = [list.ended.get(constancia.number), list.signedAt]
  const outcome = superseded === undefined ? 'valid' : superseded ? 'superseded' : 'revoked'
  return { outcome, constancia, listedAt }
}

/** The list, when one of these keys signed it; otherwise null. */
export async function readSignedList(
  { text, signature }: SignedText,
  keys: readonly PublicKey[],
): Promise<RevocationList | null> {
  const list = readRevocations(text)
  const key = keys.find(({ id }) => id === list?.keyId)
  const bytes = fromHex(signature)
  return key && bytes && (await isSigned(new TextEncoder().encode(text), bytes, key)) ? list : null
}
