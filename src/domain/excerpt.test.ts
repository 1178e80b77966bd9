import fc from 'fast-check'
import { expect, test } from 'vitest'
import { excerpt } from './text'

test.each([
  ['a short text stays', 'Más transparencia', 'Más transparencia', 80],
  ['lines become one', 'Una\n\n línea', 'Una línea', 80],
  ['spaces only are nothing', '  \n', '', 80],
  ['a long text ends at a word', 'uno dos tres cuatro', 'uno dos…', 10],
  ['a word that ends at the limit stays whole', 'uno dos tres', 'uno dos…', 7],
  ['a word without end is cut', 'a'.repeat(20), `${'a'.repeat(10)}…`, 10],
  ['no emoji is halved', '🙂'.repeat(20), `${'🙂'.repeat(10)}…`, 10],
  ['a family stays together', '👩‍👩‍👧‍👦👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦…', 10],
  ['a flag stays whole', '🇲🇽🇲🇽🇲🇽', '🇲🇽🇲🇽…', 5],
  ['a hand keeps its colour', '👋🏽👋🏽👋🏽', '👋🏽👋🏽…', 5],
  ['an accent stays with its letter', 'e\u0301'.repeat(6), `${'e\u0301'.repeat(2)}…`, 5],
])('%s', (_, text, expected, length) => expect(excerpt(text, length)).toBe(expected))

const segmenter = new Intl.Segmenter('es-MX', { granularity: 'grapheme' })

test('whatever the text, it begins so, is no longer than asked, and ends between characters', () =>
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.integer({ min: 1, max: 30 }),
      (text, length) => {
        const line = text.replace(/\s+/gu, ' ').trim()
        const short = excerpt(text, length)
        if (short === line) return
        const kept = short.slice(0, -1)
        expect(line.startsWith(kept)).toBe(true)
        expect([...kept].length).toBeLessThanOrEqual(length)
        const ends = [...segmenter.segment(line)].map(({ index }) => index)
        expect(ends).toContain(kept.length)
      },
    ),
  ))
