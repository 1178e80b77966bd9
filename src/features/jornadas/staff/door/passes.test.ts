import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { DoorLine } from '@/features/jornadas/registration'
import { beginsPass } from './keyboardScan'
import { judgePass, readPass } from './passes'
import type { Person, PersonState } from './people'

const DAY = '00000000-0000-4000-8000-0000000b3101'
const OTHER = '00000000-0000-4000-8000-0000000b3102'
const FOLIO = 'JO-2026-000042-7'
const CODE = 'a1b2c3d4e5f60718293a'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const pass = (change: { folio?: string; day?: string; code?: string } = {}) =>
  `CONVOCA:${change.folio ?? FOLIO}:${change.day ?? DAY}:${change.code ?? CODE}`

const personIn = (state: PersonState): Person => {
  const line = { folio: FOLIO, pass_hash: state === 'waiting' || state === 'offered' ? null : sha256(CODE) }
  return { line: line as DoorLine, state, at: null, op: null }
}

test('a pass is read in lower and upper case', () => {
  const read = { folio: FOLIO, jornada_id: DAY, code: CODE }
  expect(readPass(pass())).toEqual(read)
  expect(readPass(` ${pass().toUpperCase()}\n`)).toEqual(read)
})

const KEYBOARDS: Record<string, Record<string, string>> = {
  'of Spain, by a scanner for the United States': { ':': 'Ñ', '-': `'`, _: '?', '/': '-' },
  'of Latin America, by a scanner for the United States': { ':': 'Ñ', '-': `'`, _: '?', '/': '-' },
  'of the United States, by a scanner for Spain': { ':': '>', '-': '/', _: '?', '/': '&' },
  'of Portugal, by a scanner for the United States': { ':': 'Ç', '-': `'` },
  'of France in the number row only': { ':': 'º', '-': ')' },
  'whose hyphen is a dead key': { ':': '¨', '-': '\u0301' },
}
const typedOn = (keys: Record<string, string>, text: string) =>
  [...text]
    .map((sign) => keys[sign] ?? sign)
    .join('')
    .normalize('NFC')
const withCapsLock = (text: string) =>
  [...text].map((one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase())).join('')

test.each(Object.entries(KEYBOARDS))('a pass is read as typed on a keyboard %s', (_, keys) => {
  const read = { folio: FOLIO, jornada_id: DAY, code: CODE }
  for (const text of [pass(), pass().toUpperCase()]) {
    const typed = typedOn(keys, text)
    for (const one of [
      typed,
      withCapsLock(typed),
      `${typed}\r\n`,
      `${typed}\t`,
      `${typedOn(keys, ']Q1')}${typed}`,
    ])
      expect([one, readPass(one)]).toEqual([one, read])
  }
})

test.each([
  ['CONVOCA:', true],
  ['convocañjo', true],
  ['CONVOCA', false],
  ['convocatoria', false],
  ['María', false],
])('«%s» begins a pass: %s', (text, begins) => expect(beginsPass(text)).toBe(begins))

test.each([
  '',
  'https://ejemplo.mx',
  'CONVOCATORIA 2026',
  'CONVOCA:',
  `CONVOCA:${FOLIO}:${DAY}:`,
  `CONVOCA:${FOLIO}:hoy:${CODE}`,
  `x${pass()}`,
])('«%s» is not a pass', (text) => expect(readPass(text)).toBeNull())

test.each<[string, PersonState, string, string]>([
  ['a valid pass', 'confirmed', pass(), 'good'],
  ['a valid pass in capitals', 'confirmed', pass().toUpperCase(), 'good'],
  ['a QR code that is not a pass', 'confirmed', 'WIFI:S:red;;', 'not_a_pass'],
  ['a pass of another day', 'confirmed', pass({ day: OTHER }), 'wrong_day'],
  ['a pass of another day of a person who already arrived', 'attended', pass({ day: OTHER }), 'wrong_day'],
  ['a folio that is not on the list', 'confirmed', pass({ folio: 'JO-2026-000043-1' }), 'unknown'],
  ['a code that is not this person’s', 'confirmed', pass({ code: 'ffff' }), 'invalid'],
  ['a wrong code of a person who already arrived', 'attended', pass({ code: 'ffff' }), 'invalid'],
  ['a pass that the server reports as used', 'attended', pass(), 'used'],
  ['a pass used on this phone', 'unsent', pass(), 'used'],
  ['a pass whose check-in was refused', 'refused', pass(), 'refused'],
  ['a pass of somebody on the waiting list', 'waiting', pass(), 'waiting'],
  ['a pass of somebody with an offered seat', 'offered', pass(), 'offered'],
])('judgePass for %s', async (_, state, text, outcome) =>
  expect((await judgePass(text, DAY, [personIn(state)])).outcome).toBe(outcome),
)

test('the pass of another registration of the same person opens the same line', async () => {
  const twin = { folio: 'JO-2026-000050-2', pass_hash: sha256('beef') }
  const person = personIn('confirmed')
  const people = [{ ...person, line: { ...person.line, also: [twin] } }]
  const judge = (folio: string, code: string) => judgePass(pass({ folio, code }), DAY, people)
  expect(await judge(twin.folio, 'beef')).toMatchObject({
    outcome: 'good',
    person: { line: { folio: FOLIO } },
  })
  expect((await judge(FOLIO, CODE)).outcome).toBe('good')
  expect((await judge(FOLIO, 'beef')).outcome).toBe('invalid')
  expect((await judge(twin.folio, CODE)).outcome).toBe('invalid')
})

test('a pass of another day names whoever is on today’s list with the same folio', async () => {
  const here = personIn('confirmed')
  expect(await judgePass(pass({ day: OTHER }), DAY, [here])).toMatchObject({ outcome: 'wrong_day', here })
  const stranger = pass({ day: OTHER, folio: 'JO-2026-000043-1' })
  expect(await judgePass(stranger, DAY, [here])).toMatchObject({ outcome: 'wrong_day', here: null })
})
