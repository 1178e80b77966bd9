import { expect, test } from 'vitest'
import { hasControl, visibleLength } from './text'

test.each([
  ['an empty text', '', 0],
  ['spaces and line breaks only', ' \n\t  ', 0],
  ['zero-width characters only', '\u200b\u200d\ufeff\u2060', 0],
  ['spaces between zero-width characters', '\u200b  \u200b', 0],
  ['a word with trimmed ends', '  hola  ', 4],
  ['2,000 emoji', '🙂'.repeat(2000), 2000],
  ['right-to-left text between direction marks', '\u202eשלום\u202c', 4],
  ['HTML, which is only text', '<b>hola</b>', 11],
])('the visible length of %s', (_, text, length) => expect(visibleLength(text)).toBe(length))

test.each([
  ['NUL', 'a\u0000b', true],
  ['escape', 'a\u001bb', true],
  ['half of a surrogate pair', 'a\ud83d', true],
  ['tab and line breaks', 'a\tb\r\nc', false],
  ['an emoji', '🙂', false],
])('a text with %s has a control character: %s', (_, text, found) => expect(hasControl(text)).toBe(found))
