/** Altered codes of a constancia, for the tests and the benchmark. */
import { fromBase64url, toBase64url } from '../../../../supabase/functions/_shared/signed/base64url'

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ '

/**
 * `count` texts that are not `code`: a bit of the signed bytes or of the signature flipped, a byte changed, added or
 * removed, a character of the text changed, added, removed or swapped, and ends cut off, in turn.
 */
export function* alterations(code: string, random: () => number, count: number): Generator<string> {
  const below = (limit: number) => Math.floor(random() * limit)
  const parts = code.split('.').map((part) => fromBase64url(part)!)
  const withBytes = (change: (bytes: number[], at: number) => void): string => {
    const copies = parts.map((part) => [...part])
    const bytes = copies[below(2)]!
    change(bytes, below(bytes.length))
    return copies.map((part) => toBase64url(Uint8Array.from(part))).join('.')
  }
  const withText = (change: (chars: string[], at: number) => void): string => {
    const chars = [...code]
    change(chars, below(chars.length))
    return chars.join('')
  }
  const someChar = () => ALPHABET[below(ALPHABET.length)]!
  const kinds = [
    () => withBytes((bytes, at) => (bytes[at]! ^= 1 << below(8))),
    () => withBytes((bytes, at) => (bytes[at] = below(256))),
    () => withBytes((bytes, at) => bytes.splice(at, 1)),
    () => withBytes((bytes, at) => bytes.splice(at, 0, below(256))),
    () => withText((chars, at) => (chars[at] = someChar())),
    () => withText((chars, at) => chars.splice(at, 1)),
    () => withText((chars, at) => chars.splice(at, 0, someChar())),
    () => withText((chars, at) => chars.splice(at, 2, chars[at + 1] ?? '', chars[at]!)),
    () => code.slice(0, below(code.length)),
  ]
  for (let made = 0, turn = 0; made < count; turn++) {
    const altered = kinds[turn % kinds.length]!()
    if (altered === code) continue
    made++
    yield altered
  }
}
