/** The private keys of the function `sign`, and the collaborators that its parts share. */
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex, hexToBytes } from '@noble/curves/utils.js'
import type { Answer } from '../_shared/answers.ts'

/** The private keys: the id of each and its seed of 32 bytes in hexadecimal. The greatest id signs. */
export type SigningKeys = Record<string, string>

/** Calls a function of the database with the service key. Refusals are answers too. */
export type AsService = (name: string, args: object) => Promise<Answer>

/** The same for calls that must succeed: throws with the name and the status when one does not. */
export const strictly =
  (asService: AsService) =>
  async <T>(name: string, args: object): Promise<T> => {
    const { status, body } = await asService(name, args)
    if (status >= 300) throw new Error(`${name} answered ${status}`)
    return body as T
  }

export interface Signer {
  id: string
  publicKey: string
  /** The signature of a text's UTF-8 bytes, in hexadecimal. */
  sign(text: string): string
}

/** The key that signs now; null without any. */
export function signerOf(keys: SigningKeys): Signer | null {
  const id = Object.keys(keys).toSorted().at(-1)
  if (id === undefined) return null
  const seed = hexToBytes(keys[id]!)
  return {
    id,
    publicKey: bytesToHex(ed25519.getPublicKey(seed)),
    sign: (text) => bytesToHex(ed25519.sign(new TextEncoder().encode(text), seed)),
  }
}

/** Whether the key of this id, which must be one of ours, signed this text. */
export function didSign(keys: SigningKeys, id: string, text: string, signature: string): boolean {
  const seed = Object.hasOwn(keys, id) && keys[id]
  if (!seed || !/^[0-9a-f]{128}$/u.test(signature)) return false
  const publicKey = ed25519.getPublicKey(hexToBytes(seed))
  return ed25519.verify(hexToBytes(signature), new TextEncoder().encode(text), publicKey)
}

/** Publishes every public key. Nothing signed leaves before others can verify it: whether that succeeded. */
export async function publishKeys(keys: SigningKeys, asService: AsService): Promise<boolean> {
  const p_keys = Object.keys(keys)
    .toSorted()
    .map((id) => ({ id, public_key: bytesToHex(ed25519.getPublicKey(hexToBytes(keys[id]!))) }))
  return (await asService('keep_signing_keys', { p_keys })).status === 200
}
