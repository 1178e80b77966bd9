/** Verifies what a key of the institution signed. */
import { verifyAsync } from '@noble/ed25519'

/** A key that the project published: its id, and 32 bytes in hexadecimal. */
export interface PublicKey {
  id: string
  public_key: string
}

/** Whether this key signed these bytes. Strict by RFC 8032: one signature has one form. Never rejects. */
export async function isSigned(
  text: Uint8Array,
  signature: Uint8Array,
  { public_key }: PublicKey,
): Promise<boolean> {
  const publicKey = fromHex(public_key)
  if (publicKey?.length !== 32) return false
  return await verifyAsync(signature, text, publicKey, { zip215: false }).catch(() => false)
}

export function fromHex(text: string): Uint8Array | null {
  if (!/^(?:[0-9a-f]{2})+$/u.test(text)) return null
  return Uint8Array.from(text.match(/../gu)!, (byte) => Number.parseInt(byte, 16))
}
