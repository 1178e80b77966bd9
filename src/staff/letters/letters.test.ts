/** The letters that staff find in «Cartas». */
import { expect, test } from 'vitest'
import { lettersWith, nameOf } from './letters'

test('every letter has a name, and is found by words of it, whatever their accents', () => {
  const all = lettersWith('')
  expect(all.length).toBeGreaterThan(25)
  expect(all.map(nameOf).filter((name) => !name || name.startsWith('of.'))).toEqual([])
  expect(new Set(all.map(nameOf)).size).toBe(all.length)
  expect(lettersWith('CODIGO enlace').map(({ key }) => key)).toEqual(['code'])
  expect(lettersWith('nadie escribió esto')).toEqual([])
})
