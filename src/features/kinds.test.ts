/** Checks that the folder of each kind exports all modules that the app loads by name, each for that kind. */
import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { kindNamed, kindOfFolio, kindOfOp, listKinds } from '@/domain/kinds'
import { attachOpOf, hasWords, isSubmit, opTraits } from '@/domain/ops'

vi.stubGlobal('navigator', {}) // components that these modules import read the browser's features

const modules = {
  'card.ts': import.meta.glob<object>('./*/card.ts', { import: 'card' }),
  'feature.ts': import.meta.glob<object>('./*/feature.ts', { import: 'feature' }),
  'staff/island.ts': import.meta.glob<object>('./*/staff/island.ts', { import: 'island' }),
}

test.each(listKinds().map(({ name }) => name))(
  'the folder of the kind %s exports all modules that the app loads by name',
  async (name) => {
    for (const [file, found] of Object.entries(modules)) {
      const load = found[`./${name}/${file}`]
      expect(load, file).toBeDefined()
      expect(await load!(), file).toMatchObject({ kind: name })
    }
  },
)

test('each kind has its own name, place, ops, public reads and folio prefix', () => {
  const all = listKinds()
  const ops = all.flatMap((kind) => Object.keys(kind.ops))
  const reads = all.flatMap(({ publicReads }) => Object.keys(publicReads ?? {}))
  const own = [all.map((k) => k.name), all.map((k) => k.place), all.map((k) => k.folioPrefix)]
  for (const values of [...own, ops, reads]) expect(new Set<unknown>(values).size).toBe(values.length)
})

test('every kind has one submit op and at most one attach op', () => {
  for (const { name, ops } of listKinds()) {
    const traits = Object.values(ops)
    expect(
      traits.filter(({ submits }) => submits),
      name,
    ).toHaveLength(1)
    expect(traits.filter(({ attaches }) => attaches).length, name).toBeLessThanOrEqual(1)
  }
})

test('an unknown kind, op or folio prefix belongs to no kind', () => {
  expect(kindNamed('encuestas')).toBeUndefined()
  expect(kindOfOp('encuesta.submit')).toBeUndefined()
  expect(kindOfOp('toString')).toBeUndefined()
  expect(kindOfFolio('EN-2026-000001-0')).toBeUndefined()
  expect(attachOpOf('encuestas')).toBeNull()
})

test('an unknown op has the traits of its verb and counts as an op with a text', () => {
  expect(isSubmit({ kind: 'encuesta.submit' })).toBe(true)
  expect(opTraits('encuesta.correct')).toEqual({ corrects: true })
  expect(opTraits('encuesta.vote')).toEqual({})
  expect(hasWords('encuesta.vote')).toBe(true)
  expect(hasWords('submission.withdraw')).toBe(false)
})
