/**
 * The tree of RFC 6962 by its definition and nothing but node:crypto: roots and proofs by recursion over all leaves. Slow, and
 * independent of what it judges.
 */
import { createHash } from 'node:crypto'

const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

const split = (count: number) => 2 ** Math.floor(Math.log2(count - 1))

export const leafByHand = (entry: Uint8Array) => sha256(Uint8Array.of(0), entry)

/** MTH over hashes of leaves. */
export function rootByHand(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return leaves[0]!
  const k = split(leaves.length)
  return sha256(Uint8Array.of(1), rootByHand(leaves.slice(0, k)), rootByHand(leaves.slice(k)))
}

/** PATH(m, D[n]). */
export function pathByHand(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length === 1) return []
  const k = split(leaves.length)
  return m < k
    ? [...pathByHand(m, leaves.slice(0, k)), rootByHand(leaves.slice(k))]
    : [...pathByHand(m - k, leaves.slice(k)), rootByHand(leaves.slice(0, k))]
}

/** SUBPROOF(m, D[n], known); PROOF(m, D[n]) where `known` is left out. */
export function proofByHand(m: number, leaves: readonly Uint8Array[], known = true): Uint8Array[] {
  if (m === leaves.length) return known ? [] : [rootByHand(leaves)]
  const k = split(leaves.length)
  return m <= k
    ? [...proofByHand(m, leaves.slice(0, k), known), rootByHand(leaves.slice(k))]
    : [...proofByHand(m - k, leaves.slice(k), false), rootByHand(leaves.slice(0, k))]
}
