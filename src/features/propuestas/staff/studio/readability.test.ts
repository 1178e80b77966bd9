import { expect, test } from 'vitest'
import { countSyllables, countWords, easeOf } from './readability'

test.each([
  ['sol', 1],
  ['aéreo', 4],
  ['país', 2],
  ['ciudad', 2],
  ['guerra', 2],
  ['pingüino', 3],
  ['queso', 2],
  ['muy', 1],
  ['participación', 5],
  ['125', 1],
])('%s has %i syllables', (word, count) => expect(countSyllables(word)).toBe(count))

test('words are counted as people count them', () => {
  expect(countWords('El sub-director, «Iván», visitó 125 municipios — ayer.')).toBe(7)
  expect(countWords('  ')).toBe(0)
})

test('short words in short sentences are easy; a long sentence of long words is hard', () => {
  expect(easeOf('Lee el plan. Di qué falta. Te damos una respuesta clara. Es tu voz.')).toBe('easy')
  expect(
    easeOf(
      'La implementación interinstitucional de procedimientos administrativos simplificados garantizará la consolidación de mecanismos participativos.',
    ),
  ).toBe('hard')
})

test('a text too short to judge gets no hint', () => expect(easeOf('Muy bien dicho.')).toBeUndefined())
