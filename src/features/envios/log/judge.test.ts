/** The proofs of the transparency log: the published vectors, every small tree, and what no phone may believe. */
import { describe, expect, test } from 'vitest'
import { seededRandom } from '@/features/verificar/testing/alterations'
import { leafByHand, pathByHand, proofByHand, rootByHand } from '../../../../tests/support/merkle'
import { answerOf, KEYS, makeWorld, sabotages } from '../../../../tests/support/merkleWorld'
import {
  hashesIn,
  isExtension,
  isIncluded,
  leafHash,
} from '../../../../supabase/functions/_shared/signed/merkle'
import { readHead, readStep } from '../../../../supabase/functions/_shared/signed/publicLog'
import { judgeProof } from './judge'

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const hex = (one: Uint8Array) => Buffer.from(one).toString('hex')

/** The eight leaves and roots with which implementations of RFC 6962 are tested (github.com/google/certificate-transparency). */
const ENTRIES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

describe('the tree', () => {
  test('the published roots are those of the definition and of the leaves that phones compute', () => {
    const leaves = ENTRIES.map((entry) => leafHash(bytes(entry)))
    expect(leaves.map(hex)).toEqual(ENTRIES.map((entry) => hex(leafByHand(bytes(entry)))))
    expect(ROOTS.map((_, at) => hex(rootByHand(leaves.slice(0, at + 1))))).toEqual(ROOTS)
    const path = [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ].map(bytes)
    expect(isIncluded(leaves[0]!, 0, { size: 8, root: bytes(ROOTS[7]!) }, path)).toBe(true)
  })

  test('every leaf of every tree to 40 is included, in its place and no other', () => {
    const leaves = Array.from({ length: 40 }, (_, at) => leafByHand(Uint8Array.of(at)))
    for (let size = 1; size <= 40; size++) {
      const some = leaves.slice(0, size)
      const tree = { size, root: rootByHand(some) }
      for (let at = 0; at < size; at++) {
        const path = pathByHand(at, some)
        expect(isIncluded(some[at]!, at, tree, path)).toBe(true)
        expect(isIncluded(some[at]!, at + 1, tree, path)).toBe(false)
        expect(isIncluded(some[(at + 1) % size]!, at, tree, path)).toBe(size === 1)
      }
    }
  })

  test('every tree to 40 extends each smaller one, and no other of that size', () => {
    const leaves = Array.from({ length: 40 }, (_, at) => leafByHand(Uint8Array.of(at)))
    const trees = leaves.map((_, at) => ({ size: at + 1, root: rootByHand(leaves.slice(0, at + 1)) }))
    for (const newer of trees)
      for (const older of trees.slice(0, newer.size)) {
        const proof = older.size === newer.size ? [] : proofByHand(older.size, leaves.slice(0, newer.size))
        expect(isExtension(older, newer, proof)).toBe(true)
        expect(isExtension({ ...older, root: leafByHand(older.root) }, newer, proof)).toBe(false)
        expect(isExtension(newer, older, proof)).toBe(older.size === newer.size)
      }
    expect(isExtension({ size: 0, root: rootByHand([]) }, trees[3]!, [])).toBe(false)
  })

  test.each([[''], ['AAAA'], ['*'], ['A'.repeat(43)], ['A'.repeat(4000)]])(
    '«%s» is read as hashes or refused',
    (text) => {
      expect(hashesIn(text)?.length ?? null).toBe(text === '' ? 0 : text.length === 43 ? 1 : null)
    },
  )
})

describe('the texts', () => {
  const { text } = makeWorld(3, 5, 1).proof.head!
  const lines = text.split('\n')
  const changed = (at: number, line: string) =>
    lines.map((one, place) => (place === at ? line : one)).join('\n')
  test.each([
    ['another kind', changed(0, 'convoca:pass:1')],
    ['no day', changed(3, 'hoy')],
    ['a size of 0', changed(5, '0')],
    ['a size with a sign', changed(5, '+5')],
    ['a short root', changed(6, 'ab')],
    ['half a head before', changed(7, '')],
    ['a line more', `${text}\n`],
    ['a line less', lines.slice(0, -1).join('\n')],
  ])('a head with %s is none', (_, altered) => expect(readHead(altered)).toBeNull())

  test('a head names the one before only with an earlier day', () => {
    const before = (day: string) => readHead([...lines.slice(0, 7), day, '3', ROOTS[0]].join('\n'))
    expect(before('2026-11-28')?.previous).toMatchObject({ day: '2026-11-28', size: 3 })
    expect(before('2026-11-29')).toBeNull()
  })

  test('a step with a line more or less is none', () => {
    const step = makeWorld(3, 5, 1).proof.steps[0]!.text
    expect(readStep(step)).toMatchObject({ kind: 'received' })
    expect([readStep(`${step}\n`), readStep(step.slice(0, step.lastIndexOf('\n')))]).toEqual([null, null])
  })
})

describe('what a phone believes', () => {
  const world = makeWorld(37, 61, 12)

  test('an honest answer, with and without a head that it had seen', async () => {
    const included = { outcome: 'included', steps: [{ position: 12, folio: world.own.folio }] }
    expect(await judgeProof(world.proof, world.own, KEYS, world.seen)).toMatchObject({
      ...included,
      seen: { size: 37 },
      head: { size: 61 },
    })
    const first = answerOf(world.entries, 61, 12)
    expect(await judgeProof(first, world.own, KEYS, undefined)).toMatchObject({ ...included, seen: null })
    expect(await judgeProof(first, world.own, KEYS, first.head!)).toMatchObject(included)
  })

  test('a submission of the same day waits, one of an erased text says so, and an unknown key is no failure yet', async () => {
    const none = { ...world.proof, steps: [], waiting: 1 }
    const today = { ...world.own, received_at: '2026-11-29T16:00:00Z' }
    expect(await judgeProof(none, today, KEYS, world.seen)).toEqual({ outcome: 'waiting' })
    expect(await judgeProof({ ...none, head: null }, today, KEYS, undefined)).toEqual({ outcome: 'waiting' })
    expect(await judgeProof(none, { ...world.own, erased: true }, KEYS, world.seen)).toEqual({
      outcome: 'erased',
    })
    expect(await judgeProof(world.proof, world.own, [], world.seen)).toEqual({ outcome: 'unknown_signer' })
  })

  test('a log that lost its heads is a failure for a phone that has seen one', async () => {
    const gone = { ...world.proof, head: null, steps: [] }
    expect(await judgeProof(gone, world.own, KEYS, world.seen)).toEqual({
      outcome: 'failed',
      code: 'history',
    })
  })

  test('none of 42 deceptions, two of each kind', async () => {
    const seen = new Set<string>()
    for (const { name, proof } of sabotages(world, seededRandom(95), 42)) {
      seen.add(name)
      expect(await judgeProof(proof, world.own, KEYS, world.seen), name).toMatchObject({ outcome: 'failed' })
    }
    expect(seen.size).toBe(21)
  })
})
