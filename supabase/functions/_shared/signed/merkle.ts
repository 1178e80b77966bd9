/**
 * Verifies proofs of a Merkle tree as RFC 6962 hashes it, with the algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2.
 * The phone, the function `sign`, the command `verify:log` and the benchmark use this path. Sizes are below 2^53.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { fromBase64url } from './base64url.ts'

/** Bytes of a hash. */
const WIDTH = 32
/** No tree of this size of numbers has a longer proof. */
const LONGEST = 54

/** The hash of a leaf that holds these bytes. */
export const leafHash = (entry: Uint8Array): Uint8Array => sha256(joined(Uint8Array.of(0), entry))

const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(joined(Uint8Array.of(1), left, right))

/** Whether this leaf stands at `index` (from 0) of the tree with this root. */
export function isIncluded(
  leaf: Uint8Array,
  index: number,
  { size, root }: Tree,
  path: readonly Uint8Array[],
): boolean {
  if (!isPlace(index) || !isPlace(size) || index >= size) return false
  let [at, last, hash] = [index, size - 1, leaf]
  for (const one of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(one, hash)
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else hash = nodeHash(hash, one)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && isEqual(hash, root)
}

/** Whether the newer tree begins with the leaves of the older one, in their order. An older one of no leaves proves nothing. */
export function isExtension(older: Tree, newer: Tree, proof: readonly Uint8Array[]): boolean {
  if (!isPlace(older.size) || !isPlace(newer.size) || older.size === 0 || older.size > newer.size)
    return false
  if (older.size === newer.size) return proof.length === 0 && isEqual(older.root, newer.root)
  let [at, last] = [older.size - 1, newer.size - 1]
  while (at % 2 === 1) [at, last] = [half(at), half(last)]
  const [first, ...rest] = at === 0 ? [older.root, ...proof] : proof
  if (!first || (at === 0 && proof.length === 0)) return false
  let [old, whole] = [first, first]
  for (const one of rest) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      ;[old, whole] = [nodeHash(one, old), nodeHash(one, whole)]
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else whole = nodeHash(whole, one)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && isEqual(old, older.root) && isEqual(whole, newer.root)
}

export interface Tree {
  size: number
  root: Uint8Array
}

/** The hashes of a proof in base64url; null when it is none. */
export function hashesIn(text: string): Uint8Array[] | null {
  const bytes = fromBase64url(text)
  if (!bytes || bytes.length % WIDTH !== 0 || bytes.length > LONGEST * WIDTH) return null
  return Array.from({ length: bytes.length / WIDTH }, (_, at) => bytes.subarray(at * WIDTH, (at + 1) * WIDTH))
}

const half = (number: number) => Math.floor(number / 2)

const isPlace = (number: number) => Number.isSafeInteger(number) && number >= 0

const isEqual = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, at) => byte === other[at])

function joined(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
