import { expect, test } from 'vitest'
import { vMeasure } from '../../../../tests/bench/likeness/vMeasure'
import { suggestGroups } from './groups'

const TEXTS = [
  ['agua1', 'El tandeo del agua no se cumple y la pipa cobra'],
  ['agua2', 'Que se repare la fuga de agua de la tubería'],
  ['agua3', 'El pozo se secó y nadie avisa del suministro de agua'],
  ['salud1', 'Faltan medicinas en la clínica y el doctor no llega'],
  ['salud2', 'En el hospital no hay medicinas para los pacientes'],
  ['salud3', 'La ambulancia del hospital cobra a los enfermos'],
  ['lengua1', 'Traduzcan los avisos al otomí y al mazahua'],
  ['lengua2', 'Un intérprete de náhuatl y otomí en la ventanilla'],
  ['lengua3', 'La radio en lengua mazahua llega a los pueblos indígenas'],
].map(([id, body]) => ({ id: id!, body: body! }))

test('proposals of one subject are suggested together, with words that tell why', () => {
  const groups = suggestGroups(TEXTS)
  expect(groups.map(({ ids }) => ids.map((id) => id.slice(0, -1))).map((ids) => new Set(ids).size)).toEqual([
    1, 1, 1,
  ])
  expect(groups.flatMap(({ ids }) => ids).sort()).toEqual(TEXTS.map(({ id }) => id).sort())
  const water = groups.find(({ ids }) => ids.includes('agua1'))!
  expect(water.words[0]).toBe('agua')
})

test('the words stand as people write them, with accents, and at least two proposals have each', () => {
  const groups = suggestGroups(TEXTS)
  const languages = groups.find(({ ids }) => ids.includes('lengua1'))!
  expect(languages.words).toContain('otomí')
  expect(languages.words).not.toContain('radio')
})

test('a number explains no group', () => {
  const numbered = TEXTS.map(({ id, body }) => ({ id, body: `${body} 2030` }))
  expect(suggestGroups(numbered).flatMap(({ words }) => words)).not.toContain('2030')
})

test('the same proposals give the same groups, and three give none', () => {
  expect(suggestGroups(TEXTS)).toEqual(suggestGroups([...TEXTS]))
  expect(suggestGroups(TEXTS.slice(0, 3))).toEqual([])
})

test('the V-measure is 1 for the same grouping, 0 for one that tells nothing', () => {
  expect(vMeasure(['a', 'a', 'b', 'b'], ['1', '1', '2', '2'])).toBeCloseTo(1)
  expect(vMeasure(['a', 'b', 'a', 'b'], ['1', '1', '1', '1'])).toBeCloseTo(0)
})
