/**
 * The list of constancias that ended, as it is signed (docs/constancia.md): the function `sign` writes it, whoever
 * verifies reads it. It names each by its number and is exact.
 */
import { fromBase64url, toBase64url } from './base64url.ts'

/** The first line of the signed text, so that no signature of another kind of text serves for it. */
const TAG = 'convoca:revocations:1'

/** The number of a constancia, the day it ended (`YYYY-MM-DD`), and whether another one took its place. */
export type Ended = [number: number, day: string, superseded: boolean]

export interface RevocationList {
  keyId: string
  /** ISO 8601. */
  signedAt: string
  issuer: string
  ended: Map<number, { day: string; superseded: boolean }>
}

const DAY_MS = 86_400_000
const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY_MS

/** The text of the list, to be signed by the key of this id. `ended` is in ascending order of the numbers. */
export function writeRevocations(
  { signed_at, issuer, ended }: { signed_at: string; issuer: string; ended: readonly Ended[] },
  keyId: string,
): string {
  return [TAG, keyId, signed_at, issuer, toBase64url(packed(ended))].join('\n')
}

/**
 * Columns compress better than rows: count, distinct days, the steps between days, the steps between numbers, the place
 * of each day in one byte or two, and a bit for each that was superseded.
 */
function packed(ended: readonly Ended[]): Uint8Array {
  const days = [...new Set(ended.map(([, day]) => dayNumber(day)))].sort((a, b) => a - b)
  const places = ended.map(([, day]) => days.indexOf(dayNumber(day)))
  const bits = Array.from({ length: Math.ceil(ended.length / 8) }, (_, at) =>
    ended.slice(at * 8, at * 8 + 8).reduce((byte, [, , superseded], bit) => byte | (+superseded << bit), 0),
  )
  const steps = (numbers: readonly number[]) =>
    numbers.flatMap((number, at) => varint(number - (numbers[at - 1] ?? 0)))
  return Uint8Array.from([
    ...varint(ended.length),
    ...varint(days.length),
    ...steps(days),
    ...steps(ended.map(([number]) => number)),
    ...places.map((place) => place & 255),
    ...(days.length > 256 ? places.map((place) => place >> 8) : []),
    ...bits,
  ])
}

/** Seven bits a byte, the lowest first; every byte but the last has its highest bit set. */
function varint(number: number): number[] {
  const bytes: number[] = []
  for (let rest = number; ; rest >>>= 7) {
    if (rest < 128) return [...bytes, rest]
    bytes.push((rest & 127) | 128)
  }
}

/** The list in this text, or null when it is no whole one. It does not ask who signed it. */
export function readRevocations(text: string): RevocationList | null {
  const [tag, keyId, signedAt, issuer, data, ...rest] = text.split('\n')
  const bytes = fromBase64url(data ?? '')
  if (tag !== TAG || !keyId || !signedAt || issuer === undefined || !bytes || rest.length > 0) return null
  const ended = unpacked(bytes)
  return ended && !Number.isNaN(Date.parse(signedAt)) ? { keyId, signedAt, issuer, ended } : null
}

function unpacked(bytes: Uint8Array): RevocationList['ended'] | null {
  let at = 0
  const next = () => {
    for (let number = 0, shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0
      number += (byte & 127) * 2 ** shift
      if (byte < 128) return number
    }
  }
  const [count, distinct] = [next(), next()]
  if (count + distinct > bytes.length) return null
  const summed = (length: number) => {
    let sum = 0
    return Array.from({ length }, () => (sum += next()))
  }
  const days = summed(distinct).map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10))
  const numbers = summed(count)
  const high = distinct > 256 ? count : 0
  const bits = at + count + high
  if (bits + Math.ceil(count / 8) !== bytes.length) return null
  return new Map(
    numbers.map((number, index) => {
      const place = bytes[at + index]! + (high && bytes[at + count + index]! * 256)
      const superseded = ((bytes[bits + (index >> 3)]! >> (index & 7)) & 1) === 1
      return [number, { day: days[place]!, superseded }]
    }),
  )
}
