import { expect, test } from 'vitest'
import { excerpt } from './excerpt'

test.each([
  ['a short text stays', 'Más transparencia', 'Más transparencia'],
  ['lines become one', 'Una\n\n línea', 'Una línea'],
  ['spaces only are nothing', '  \n', ''],
  ['a long text ends at a word', 'uno dos tres cuatro', 'uno dos…'],
  ['a word without end is cut', 'a'.repeat(20), `${'a'.repeat(10)}…`],
  ['no emoji is halved', '🙂'.repeat(20), `${'🙂'.repeat(10)}…`],
])('%s', (_, text, expected) => expect(excerpt(text, 18 > text.length ? 80 : 10)).toBe(expected))
