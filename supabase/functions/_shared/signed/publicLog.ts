/**
 * What the transparency log signs and commits to (docs/log.md). The database writes both texts; whoever verifies reads them
 * here. Reading proves nothing; verifying does.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { leafHash, type Tree } from './merkle.ts'

export interface LogHead extends Tree {
  keyId: string
  /** Who publishes the log. */
  issuer: string
  /** YYYY-MM-DD, in central Mexico. */
  day: string
  /** ISO 8601. */
  signedAt: string
  /** The head before; null in the first one. */
  previous: (Tree & { day: string }) | null
}

/** A step of a submission: what a leaf commits to. */
export interface LogStep {
  folio: string
  id: string
  /** ISO 8601. */
  at: string
  source: string
  kind: string
  /** The states before and after; '' for none. */
  from: string
  to: string
  reason: string
  /** SHA-256 of the words to the author, in hexadecimal; '' without words. */
  message: string
}

/** The first lines, so that no signature or leaf of another kind of text serves for these. */
const [HEAD, STEP] = ['convoca:log:1', 'convoca:step:1']
const DAY = /^\d{4}-\d\d-\d\d$/u
const HASH = /^[0-9a-f]{64}$/u

/** The head in this text; null when it is none. */
export function readHead(text: string): LogHead | null {
  const lines = text.split('\n')
  const [tag, keyId, issuer, day, signedAt, size, root, ...before] = lines as string[]
  if (tag !== HEAD || lines.length !== 10 || !keyId || !DAY.test(day!) || Number.isNaN(Date.parse(signedAt!)))
    return null
  const tree = treeOf(size!, root!)
  const [previousDay, previousSize, previousRoot] = before as [string, string, string]
  const isFirst = previousDay === '' && previousSize === '0' && previousRoot === ''
  const previous = treeOf(previousSize, previousRoot)
  if (!tree || (!isFirst && !(previous && DAY.test(previousDay) && previousDay < day!))) return null
  return {
    keyId,
    issuer: issuer!,
    day: day!,
    signedAt: signedAt!,
    ...tree,
    previous: previous && !isFirst ? { day: previousDay, ...previous } : null,
  }
}

function treeOf(size: string, root: string): Tree | null {
  if (!/^[1-9]\d{0,14}$/u.test(size) || !HASH.test(root)) return null
  return { size: Number(size), root: bytesOf(root) }
}

/** The step in this text; null when it is none. */
export function readStep(text: string): LogStep | null {
  const [tag, folio, id, at, source, kind, from, to, reason, message, ...rest] = text.split('\n')
  if (tag !== STEP || message === undefined || rest.length > 0) return null
  return { folio, id, at, source, kind, from, to, reason, message } as LogStep
}

/** The hash of the leaf that commits to this text. `salt`: 32 bytes in hexadecimal; null when it is none. */
export function stepLeaf(text: string, salt: string): Uint8Array | null {
  if (!HASH.test(salt)) return null
  const words = new TextEncoder().encode(text)
  const salted = new Uint8Array(32 + words.length)
  salted.set(bytesOf(salt))
  salted.set(words, 32)
  return leafHash(sha256(salted))
}

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../gu)!, (byte) => Number.parseInt(byte, 16))
