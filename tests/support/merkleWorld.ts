/**
 * A small transparency log with a phone that has seen a head of it, and what an institution or a network could do to deceive
 * that phone. Trees and proofs are those of `merkle.ts`, which the judge does not use.
 */
import { createHash } from 'node:crypto'
import type { LogProof, SignedHead } from '@/domain/publicLog'
import { toBase64url } from '../../supabase/functions/_shared/signed/base64url'
import { signerOf } from '../../supabase/functions/sign/keys'
import { leafByHand, pathByHand, proofByHand, rootByHand } from './merkle'

export const SEEDS = { '2026-06-01': '07'.repeat(32) }
const SIGNER = signerOf(SEEDS)!
const OTHER = signerOf({ '2026-06-01': '08'.repeat(32) })!
export const KEYS = [{ id: SIGNER.id, public_key: SIGNER.publicKey }]

interface Entry {
  text: string
  salt: string
}

export interface World {
  entries: Entry[]
  /** How many of them the seen head has. */
  before: number
  /** The place of the phone's own step among those. */
  mine: number
  own: { folio: string; received_at: string; erased: boolean }
  seen: SignedHead
  proof: LogProof
}

const sha256 = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const packed = (hashes: Uint8Array[]) => toBase64url(Buffer.concat(hashes))
const leavesOf = (entries: readonly Entry[]) =>
  entries.map(({ text, salt }) => leafByHand(sha256(Buffer.from(salt, 'hex'), text)))
const folioOf = (at: number) => `PR-2026-${String(at).padStart(6, '0')}-7`

const entryOf = (at: number): Entry => ({
  text: [
    'convoca:step:1',
    folioOf(at),
    `id-${at}`,
    '2026-11-27T18:00:00.000001Z',
    'author',
    'received',
    '',
    'received',
    '',
    '',
  ].join('\n'),
  salt: hex(sha256(`salt ${at}`)),
})

/** A head over these leaves; `size` and `signer` are the truth unless given. `before`: the lines of the head before. */
function headOf(
  leaves: readonly Uint8Array[],
  day: string,
  { size = leaves.length, signer = SIGNER, before = ['', '0', ''] } = {},
): SignedHead {
  const root = hex(rootByHand(leaves))
  const lines = ['convoca:log:1', signer.id, 'Instituto', day, `${day}T06:10:00Z`, size, root, ...before]
  const text = lines.join('\n')
  return { text, signature: signer.sign(text) }
}

const stepOf = ({ text, salt }: Entry, position: number, leaves: readonly Uint8Array[]) => ({
  text,
  salt,
  position,
  proof: packed(pathByHand(position, leaves)),
})

/** What an honest server answers over these entries to a phone that has seen the first `before`. */
export function answerOf(
  entries: readonly Entry[],
  before: number,
  mine: number,
  day = '2026-11-29',
): LogProof {
  const leaves = leavesOf(entries)
  return {
    head: headOf(leaves, day),
    consistency: before < leaves.length ? packed(proofByHand(before, leaves)) : '',
    steps: [stepOf(entries[mine]!, mine, leaves)],
    waiting: 0,
    erased: false,
  }
}

export function makeWorld(before: number, size: number, mine: number): World {
  const entries = Array.from({ length: size }, (_, at) => entryOf(at))
  const seen = headOf(leavesOf(entries.slice(0, before)), '2026-11-28')
  const [, , , day, , count, root] = seen.text.split('\n') as string[]
  return {
    entries,
    before,
    mine,
    own: { folio: folioOf(mine), received_at: '2026-11-27T18:00:00.000001Z', erased: false },
    seen,
    proof: {
      ...answerOf(entries, before, mine),
      head: headOf(leavesOf(entries), '2026-11-29', { before: [day!, count!, root!] }),
    },
  }
}

interface Sabotage {
  name: string
  proof: LogProof
}

/** `count` deceptions in turn, none of which a phone may believe. `names`: only those kinds. */
export function* sabotages(
  world: World,
  random: () => number,
  count: number,
  names = Object.keys(KINDS),
): Generator<Sabotage> {
  const kinds = Object.entries(KINDS).filter(([name]) => names.includes(name))
  for (let at = 0; at < count; at++) {
    const [name, make] = kinds[at % kinds.length]!
    const proof = structuredClone(world.proof)
    yield { name, proof: make({ world, proof, below: (limit) => Math.floor(random() * limit) }) }
  }
}

interface Hand {
  world: World
  proof: LogProof
  below(limit: number): number
}

/** Flips a bit of a hash in a packed proof. */
function flipped(text: string, below: Hand['below']): string {
  const bytes = Buffer.from(text, 'base64url')
  bytes[below(bytes.length)]! ^= 1 << below(8)
  return toBase64url(bytes)
}
const cut = (text: string, from: number, to?: number) =>
  toBase64url(Buffer.from(text, 'base64url').subarray(from, to))
const rewritten = ({ world, below }: Hand, change: (entries: Entry[], at: number) => void): LogProof => {
  const entries = structuredClone(world.entries)
  change(entries, below(world.before))
  return answerOf(
    entries,
    world.before,
    entries.findIndex(({ text }) => text === world.entries[world.mine]!.text),
  )
}
/** The same answer under a head that says something else of its size, signed by the institution. */
const resized = ({ world, proof }: Hand, size: number): LogProof => ({
  ...proof,
  head: headOf(leavesOf(world.entries), '2026-11-29', { size }),
})

/** The kinds that need an answer alone, and not the leaves of the whole log. */
export const OF_ANSWERS = [
  'altered step',
  'altered salt',
  'altered inclusion proof',
  'truncated inclusion proof',
  'lengthened inclusion proof',
  'no step at all',
  'altered consistency proof',
  'truncated consistency proof',
  'no consistency proof',
  'altered head',
  'altered signature',
]

const KINDS: Record<string, (hand: Hand) => LogProof> = {
  'altered step': ({ proof, below }) => {
    const step = proof.steps[0]!
    const at = step.text.length - 1 - below(40)
    step.text = `${step.text.slice(0, at)}${step.text[at] === 'a' ? 'b' : 'a'}${step.text.slice(at + 1)}`
    return proof
  },
  'altered salt': ({ proof, below }) => {
    const step = proof.steps[0]!
    const at = below(64)
    step.salt = `${step.salt.slice(0, at)}${step.salt[at] === '0' ? '1' : '0'}${step.salt.slice(at + 1)}`
    return proof
  },
  'altered inclusion proof': ({ proof, below }) => {
    proof.steps[0]!.proof = flipped(proof.steps[0]!.proof, below)
    return proof
  },
  'truncated inclusion proof': ({ proof, below }) => {
    proof.steps[0]!.proof = below(2) ? cut(proof.steps[0]!.proof, 32) : cut(proof.steps[0]!.proof, 0, -32)
    return proof
  },
  'lengthened inclusion proof': ({ proof, below }) => {
    const path = Buffer.from(proof.steps[0]!.proof, 'base64url')
    const more = below(2) ? [path, path.subarray(0, 32)] : [path.subarray(0, 32), path]
    proof.steps[0]!.proof = toBase64url(Buffer.concat(more))
    return proof
  },
  'another place': ({ proof, world, below }) => {
    const step = proof.steps[0]!
    step.position = (step.position + 1 + below(world.entries.length - 1)) % world.entries.length
    return proof
  },
  'somebody else’s step': ({ world, proof, below }) => {
    const at = (world.mine + 1 + below(world.entries.length - 1)) % world.entries.length
    proof.steps = [stepOf(world.entries[at]!, at, leavesOf(world.entries))]
    return proof
  },
  'no step at all': ({ proof }) => ({ ...proof, steps: [], waiting: 1 }),
  'altered consistency proof': ({ proof, below }) => ({
    ...proof,
    consistency: flipped(proof.consistency, below),
  }),
  'truncated consistency proof': ({ proof, below }) => ({
    ...proof,
    consistency: below(2) ? cut(proof.consistency, 32) : cut(proof.consistency, 0, -32),
  }),
  'no consistency proof': ({ proof }) => ({ ...proof, consistency: '' }),
  'altered head': ({ proof, below }) => {
    const { text } = proof.head!
    const at = text.length - 5 - below(60)
    proof.head!.text = `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`
    return proof
  },
  'altered signature': ({ proof, below }) => {
    const bytes = Buffer.from(proof.head!.signature, 'hex')
    bytes[below(64)]! ^= 1 << below(8)
    proof.head!.signature = hex(bytes)
    return proof
  },
  'another signer under the name of the key': ({ world, proof }) => ({
    ...proof,
    head: headOf(leavesOf(world.entries), '2026-11-29', { signer: OTHER }),
  }),
  'smaller size, signed': (hand) => resized(hand, 1 + hand.below(hand.world.before - 1)),
  'rewritten leaf, signed': (hand) =>
    rewritten(hand, (entries, at) => {
      const one = at === hand.world.mine ? (at + 1) % hand.world.before : at
      entries[one] = { ...entries[one]!, salt: hex(sha256(`other ${one} ${hand.below(1e9)}`)) }
    }),
  'reordered leaves, signed': (hand) =>
    rewritten(hand, (entries, at) => {
      const other = (at + 1 + hand.below(hand.world.before - 1)) % hand.world.before
      ;[entries[at], entries[other]] = [entries[other]!, entries[at]!]
    }),
  'dropped leaf, signed': (hand) =>
    rewritten(hand, (entries, at) =>
      entries.splice(at === hand.world.mine ? (at + 1) % hand.world.before : at, 1),
    ),
  'added leaf in the past, signed': (hand) =>
    rewritten(hand, (entries, at) => entries.splice(at, 0, entryOf(1_000_000 + hand.below(1e6)))),
  'forked head of the seen size': ({ world, below }) => {
    const entries = structuredClone(world.entries.slice(0, world.before))
    const at = (world.mine + 1 + below(world.before - 1)) % world.before
    entries[at] = entryOf(2_000_000 + below(1e6))
    return answerOf(entries, world.before, world.mine)
  },
  'rolled back, signed': ({ world, below }) => {
    const size = Math.max(world.mine + 1, 1 + below(world.before - 1))
    return { ...answerOf(world.entries.slice(0, size), size, world.mine), consistency: '' }
  },
}
