import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dammDigit, parseFolio } from './folio'

const digits = fc.stringMatching(/^\d{10}$/)
const write = (year: string, number: string) => `PR-${year}-${number}-${dammDigit(year + number)}`

test('572 has the check digit 4, as in Damm’s published example', () => expect(dammDigit('572')).toBe(4))

test('a folio is parsed in any case, with spaces or hyphens', () =>
  fc.assert(
    fc.property(digits, (d) => {
      const folio = write(d.slice(0, 4), d.slice(4))
      expect(parseFolio(folio)).toBe(folio)
      expect(parseFolio(` ${folio.toLowerCase().replaceAll('-', ' ')} `)).toBe(folio)
    }),
  ))

const folio = write('2026', '000042')
const million = write('2026', '1000000')
test.each([
  ...[...'‐‑‒–—―−﹣－_/.'].map((sign): [string, string] => [folio.replaceAll('-', sign), folio]),
  [`Mi folio es ${folio}.`, folio],
  [`«${folio}»,`, folio],
  [`(folio ${folio.toLowerCase()})`, folio],
  [`\u2068${folio}\u2069`, folio],
  [`\u202b${folio.replaceAll('-', '\u200e-')}\u202c`, folio],
  [folio.replaceAll('0', 'O').replaceAll('1', 'l'), folio],
  [write('2026', '000111').replaceAll('1', 'I').replaceAll('0', 'o'), write('2026', '000111')],
  [`${folio.replaceAll('-', ' ')} 15 de noviembre`, folio],
  ['PR - 2026 - 000 042 - ' + folio.at(-1), folio],
  [`PR-2026-\n000042-${folio.at(-1)}`, folio],
  [folio.replaceAll('-', ''), folio],
  [`Quiero el ${million}, no el PR-2026-000001-0`, million],
  [million.replaceAll('-', ''), million],
  [`https://participa.example/folio%23${folio}`, folio],
])('%j holds a folio', (typed, found) => expect(parseFolio(typed)).toBe(found))

test.each([folio.slice(0, -1), `${folio}1`, `${folio}x`, `X${folio}`])('%j holds none', (typed) =>
  expect(parseFolio(typed)).toBeNull(),
)

test('a folio with one wrong digit is refused', () =>
  fc.assert(
    fc.property(digits, fc.nat(9), fc.integer({ min: 1, max: 9 }), (d, at, by) => {
      const wrong = [...d].map((digit, i) => (i === at ? String((Number(digit) + by) % 10) : digit)).join('')
      expect(parseFolio(`PR-${wrong.slice(0, 4)}-${wrong.slice(4)}-${dammDigit(d)}`)).toBeNull()
    }),
  ))

test('a folio with two swapped neighbours is refused', () =>
  fc.assert(
    fc.property(digits, fc.nat(8), (d, at) => {
      fc.pre(d[at] !== d[at + 1])
      const swapped = d.slice(0, at) + d[at + 1] + d[at] + d.slice(at + 2)
      expect(parseFolio(`PR-${swapped.slice(0, 4)}-${swapped.slice(4)}-${dammDigit(d)}`)).toBeNull()
    }),
  ))

test.each(['', 'PR', 'XX-2026-000001-0', 'PR-26-000001-0', 'PR-2026-1-0'])('%j is not a folio', (typed) =>
  expect(parseFolio(typed)).toBeNull(),
)
