import { expect, test } from 'vitest'
import { slugOf } from './slug'

test.each([
  ['Estrategia 2027', 'estrategia-2027'],
  ['¿Qué falta? Ñandú, pingüino', 'que-falta-nandu-pinguino'],
  [' — ', ''],
  [`${'a'.repeat(79)} b`, 'a'.repeat(79)],
])('the title «%s» gives the address «%s»', (title, slug) => expect(slugOf(title)).toBe(slug))
