/**
 * The list of constancias that ended, as it is signed (docs/constancia.md): the function `sign` writes it, whoever
 * verifies reads it. It names each by its number and is exact.
 */
import { fromBase64url, toBase64url } from './base64url.ts'

/** The first line of the signed text, so that no signature of another kind of text serves for it. */
const TAG = 'convoca:revocations:2'

/** Bytes before the codes: how many entries in four, and the low bits of a step. */
const HEAD = 5

/** The number of a constancia, and whether another one took its place. */
export type Ended = [number: number, superseded: boolean]

export interface RevocationList {
  keyId: string
  /** ISO 8601. */
  signedAt: string
  issuer: string
  /** Whether another one took its place, by number. */
  ended: Map<number, boolean>
}

/** The text of the list, to be signed by the key of this id. `ended` is in ascending order of the numbers. */
export function writeRevocations(
  { signed_at, issuer, ended }: { signed_at: string; issuer: string; ended: readonly Ended[] },
  keyId: string,
): string {
  return [TAG, keyId, signed_at, issuer, toBase64url(packed(ended))].join('\n')
}

/**
 * The steps between numbers as Rice codes, each with a bit for what was superseded. The codes cost at most half a bit more
 * than any exact list of random numbers must: 10,000 of 100 million stay below 20 KB.
 */
function packed(ended: readonly Ended[]): Uint8Array {
  const shift = shiftFor(ended)
  const bits: number[] = []
  ended.forEach(([number, superseded], at) => {
    const skipped = number - (ended[at - 1]?.[0] ?? 0) - 1
    for (let ones = skipped >>> shift; ones > 0; ones--) bits.push(1)
    bits.push(0)
    for (let bit = shift - 1; bit >= 0; bit--) bits.push((skipped >>> bit) & 1)
    bits.push(+superseded)
  })
  const bytes = new Uint8Array(Math.ceil(bits.length / 8))
  bits.forEach((bit, at) => (bytes[at >> 3]! |= bit << (at & 7)))
  const whole = new Uint8Array(HEAD + bytes.length)
  new DataView(whole.buffer).setUint32(0, ended.length)
  whole[HEAD - 1] = shift
  whole.set(bytes, HEAD)
  return whole
}

/** How many low bits of a step are written as they are: log2 of ln 2 times the average step is best for random numbers. */
function shiftFor(ended: readonly Ended[]): number {
  const average = (ended.at(-1)?.[0] ?? 0) / Math.max(1, ended.length)
  return Math.max(0, Math.floor(Math.log2(Math.max(1, average * Math.LN2))))
}

/** The list in this text, or null when it is no whole one. It does not ask who signed it. */
export function readRevocations(text: string): RevocationList | null {
  const [tag, keyId, signedAt, issuer, data, ...rest] = text.split('\n')
  const bytes = fromBase64url(data ?? '')
  if (tag !== TAG || !keyId || !signedAt || issuer === undefined || !bytes || rest.length > 0) return null
  const ended = unpacked(bytes)
  return ended && !Number.isNaN(Date.parse(signedAt)) ? { keyId, signedAt, issuer, ended } : null
}

function unpacked(bytes: Uint8Array<ArrayBuffer>): RevocationList['ended'] | null {
  if (bytes.length < HEAD) return null
  const count = new DataView(bytes.buffer).getUint32(0)
  const shift = bytes[HEAD - 1]!
  if (shift > 30 || count > bytes.length * 8) return null
  let place = HEAD * 8
  const end = bytes.length * 8
  const bit = () => (place < end ? (bytes[place >> 3]! >> (place++ & 7)) & 1 : ((place += 1), 0))
  const ended = new Map<number, boolean>()
  for (let number = 0; ended.size < count;) {
    let skipped = 0
    while (bit()) skipped += 1
    for (let low = 0; low < shift; low++) skipped = skipped * 2 + bit()
    number += skipped + 1
    ended.set(number, bit() === 1)
  }
  return place <= end && end - place < 8 ? ended : null
}
