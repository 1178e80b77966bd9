import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canon, canonJson, tidied, visibleLength } from './canon'

test.each([
  ['an empty text', '', 0],
  ['spaces and line breaks only', ' \n\t  ', 0],
  ['zero-width characters only', '\u200b\u200d\ufeff\u2060', 0],
  ['spaces between zero-width characters', '\u200b  \u200b', 0],
  ['a word with trimmed ends', '  hola  ', 4],
  ['2,000 emoji', '🙂'.repeat(2000), 2000],
  ['right-to-left text between direction marks', '\u202eשלום\u202c', 4],
  ['HTML, which is only text', '<b>hola</b>', 11],
  ['blanks of Braille', '\u2800'.repeat(20), 0],
  ['fillers of Hangul', '\u3164\u115f\u1160\uffa0', 0],
  ['variation selectors', '\ufe0f\u{e0100}', 0],
  ['accents without a letter', '\u0301'.repeat(20), 0],
  ['spaces between blanks of Braille', '\u2800 \u2800', 0],
  ['places of objects', '\ufffc\ufffc', 0],
  ['a letter under thirty marks', `a${'\u0301'.repeat(30)}`, 1],
  ['underlined letters of Otomí', 'ra n\u0331a\u0331ñho', 8],
  ['a Tlapanec word with its saltillo', 'naꞌne', 5],
])('the visible length of %s', (_, text, length) => expect(visibleLength(text)).toBe(length))

test.each([
  ['a vertical tab, as Word writes a line break', 'uno\vdos', 'uno\ndos'],
  ['a form feed, as PDF writes a page break', 'uno\fdos', 'uno\ndos'],
  ['line breaks of Windows and of old Macs', 'a\r\nb\rc', 'a\nb\nc'],
  ['separators of lines and paragraphs', 'a\u2028b\u2029c\u0085d', 'a\nb\nc\nd'],
  ['a tab, which stays', 'a\tb', 'a\tb'],
  ['NUL and other controls', 'a\u0000b\u001bc\u0080d', 'abcd'],
  ['half of a surrogate pair', 'a\ud83db', 'ab'],
  ['the place of a picture', 'foto \ufffc aquí', 'foto  aquí'],
  ['marks of direction and isolates', '\u202efolio\u202c \u2068PR\u2069\u200e', 'folio PR'],
  ['zero-width spaces and soft hyphens', 'trans\u00adpa\u200bren\ufeffcia', 'transparencia'],
  ['hidden text in tags', 'a\u{e0068}\u{e0069}', 'a'],
  ['a letter and its accent apart', 'opinio\u0301n', 'opinión'],
  ['a family', '👨\u200d👩\u200d👧', '👨\u200d👩\u200d👧'],
  [
    'a heart in flames and a runner of colour',
    '❤\ufe0f\u200d🔥🏃🏽\u200d♀\ufe0f',
    '❤\ufe0f\u200d🔥🏃🏽\u200d♀\ufe0f',
  ],
  ['the flag of Wales', '🏴\u{e0067}\u{e0062}\u{e007f}', '🏴\u{e0067}\u{e0062}\u{e007f}'],
  ['a joiner between letters', 'a\u200db\u200cc', 'abc'],
  ['a word of Persian with its joiner', 'می\u200cخواهم', 'می\u200cخواهم'],
  ['a word of Hindi with its joiner', 'क्\u200dष', 'क्\u200dष'],
  ['letters of Mexican languages', 'naꞌne Ꞌ n\u0331 i\u0331 ŝ ë ʼ', 'naꞌne Ꞌ \u1e49 i\u0331 ŝ ë ʼ'],
  ['quotation marks, dashes and hard spaces', '«a» — “b”\u00a0c', '«a» — “b”\u00a0c'],
])('the form of %s', (_, text, form) => expect(canon(text)).toBe(form))

test('the form of a field of one line has single spaces', () =>
  expect(tidied(' Ana\u2028 \tMaría\v\u00a0López\u200b ')).toBe('Ana María López'))

test('the form of any text is its own form', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(canon(canon(text))).toBe(canon(text))
    }),
  ))

test('every text in a JSON value has its form, and the names of members stay', () =>
  expect(canonJson({ 'a\v': ['b\v', { c: 'd\u0000' }], e: null, f: 1, g: true, h: undefined })).toEqual({
    'a\v': ['b\n', { c: 'd' }],
    e: null,
    f: 1,
    g: true,
  }))
