import fc from 'fast-check'
import { expect, test } from 'vitest'
import { excerpt } from './text'

test.each([
  ['a short text is the text', 'Más transparencia', 'Más transparencia', 80],
  ['two lines is one line', 'Una\n\n línea', 'Una línea', 80],
  ['spaces is empty', '  \n', '', 80],
  ['a long text ends after a word', 'uno dos tres cuatro', 'uno dos…', 10],
  ['a text with a word end at the limit has that word', 'uno dos tres', 'uno dos…', 7],
  ['a very long word ends within it', 'a'.repeat(20), `${'a'.repeat(10)}…`, 10],
  ['emoji ends between them', '🙂'.repeat(20), `${'🙂'.repeat(10)}…`, 10],
  ['family emoji ends between them', '👩‍👩‍👧‍👦👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦…', 10],
  ['flags ends between them', '🇲🇽🇲🇽🇲🇽', '🇲🇽🇲🇽…', 5],
  ['emoji with a skin tone ends between them', '👋🏽👋🏽👋🏽', '👋🏽👋🏽…', 5],
  ['combining accents ends after an accent', 'e\u0301'.repeat(6), `${'e\u0301'.repeat(2)}…`, 5],
])('the excerpt of %s', (_, text, expected, length) => expect(excerpt(text, length)).toBe(expected))

const segmenter = new Intl.Segmenter('es-MX', { granularity: 'grapheme' })

test('every excerpt is the beginning of its text, has at most the asked length, and ends between graphemes', () =>
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
