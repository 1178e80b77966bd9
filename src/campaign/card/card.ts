/**
 * A card that was printed before anybody wrote: its QR carries the key of a private link, `<origin>/tarjeta#<key>`. The phone
 * that binds it to a submission reads two things from it, and neither gives the key back: the submission's id and the hash that
 * the server keeps. Whoever has the card finds the submission by the same id.
 */
import { parseSecret } from '@/domain/privateLink'
import { toHex } from '@/domain/hex'

const PATH = '/tarjeta'
/** Parts the id from the hash that the server keeps: both are of the same key. */
const ID_OF = 'convoca:tarjeta:'

export interface Card {
  /** The id of the submission that this card opens. */
  id: string
  /** SHA-256 of the key, in hexadecimal. */
  secret_hash: string
}

export const cardLink = (origin: string, secret: string): string => `${origin}${PATH}#${secret}`

/** The key of a card in what a camera read or somebody typed; null in anything else, a private link included. */
export function readCard(text: string): string | null {
  const rest = text.trim()
  const at = rest.lastIndexOf('#')
  if (at > 0 && !new RegExp(`${PATH}/?$`, 'u').test(rest.slice(0, at))) return null
  return parseSecret(rest.slice(at + 1))
}

const sha256 = async (text: string) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

/** The SHA-256 of a private link's key, as the server keeps it. */
export const hashOf = async (secret: string): Promise<string> => toHex(await sha256(secret))

/** What a card gives to the submission that it is bound to. Its id is a UUID of version 8 (RFC 9562). */
export async function cardOf(secret: string): Promise<Card> {
  const bytes = (await sha256(ID_OF + secret)).slice(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = toHex(bytes)
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  )
  return { id, secret_hash: await hashOf(secret) }
}
