/** The folder of a kind is found by its name alone: here is what it has to hold, and that each piece is of that kind. */
import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { kindNamed, kindOfFolio, kindOfOp, listKinds } from '@/domain/kinds'
import { attachOpOf, hasWords, isSubmit, opTraits } from '@/domain/ops'

vi.stubGlobal('navigator', {}) // screens that these modules name ask what the browser can do

const pieces = {
  'card.ts': import.meta.glob<object>('./*/card.ts', { import: 'card' }),
  'feature.ts': import.meta.glob<object>('./*/feature.ts', { import: 'feature' }),
  'staff/island.ts': import.meta.glob<object>('./*/staff/island.ts', { import: 'island' }),
}

test.each(listKinds().map(({ name }) => name))(
  'the folder of %s holds every piece of the kind',
  async (name) => {
    for (const [file, found] of Object.entries(pieces)) {
      const load = found[`./${name}/${file}`]
      expect(load, file).toBeDefined()
      expect(await load!(), file).toMatchObject({ kind: name })
    }
  },
)

test('no two kinds have the same name, place, op, public read or letters of folios', () => {
  const all = listKinds()
  const ops = all.flatMap((kind) => Object.keys(kind.ops))
  const reads = all.flatMap(({ publicReads }) => Object.keys(publicReads ?? {}))
  const own = [all.map((k) => k.name), all.map((k) => k.place), all.map((k) => k.folioPrefix)]
  for (const values of [...own, ops, reads]) expect(new Set<unknown>(values).size).toBe(values.length)
})

test('every kind is submitted by one op, and at most one of its ops tells of bytes', () => {
  for (const { name, ops } of listKinds()) {
    const traits = Object.values(ops)
    expect(
      traits.filter(({ submits }) => submits),
      name,
    ).toHaveLength(1)
    expect(traits.filter(({ attaches }) => attaches).length, name).toBeLessThanOrEqual(1)
  }
})

test('a kind that this version does not know is no other kind', () => {
  expect(kindNamed('encuestas')).toBeUndefined()
  expect(kindOfOp('encuesta.submit')).toBeUndefined()
  expect(kindOfOp('toString')).toBeUndefined()
  expect(kindOfFolio('EN-2026-000001-0')).toBeUndefined()
  expect(attachOpOf('encuestas')).toBeNull()
})

test('an op that this version does not know is taken by its verb, and its words count as somebody’s', () => {
  expect(isSubmit({ kind: 'encuesta.submit' })).toBe(true)
  expect(opTraits('encuesta.correct')).toEqual({ corrects: true })
  expect(opTraits('encuesta.vote')).toEqual({})
  expect(hasWords('encuesta.vote')).toBe(true)
  expect(hasWords('submission.withdraw')).toBe(false)
})
