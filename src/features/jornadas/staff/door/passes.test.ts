import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { DoorLine } from '@/features/jornadas/registration'
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

test('the text of a pass is read as it is drawn, in whatever case', () => {
  const read = { folio: FOLIO, jornada_id: DAY, code: CODE }
  expect(readPass(pass())).toEqual(read)
  expect(readPass(` ${pass().toUpperCase()}\n`)).toEqual(read)
})

test.each([
  '',
  'https://ejemplo.mx',
  'CONVOCA:',
  `CONVOCA:${FOLIO}:${DAY}:`,
  `CONVOCA:${FOLIO}:hoy:${CODE}`,
  `x${pass()}`,
])('«%s» is no pass', (text) => expect(readPass(text)).toBeNull())

test.each<[string, PersonState, string, string]>([
  ['the right pass', 'confirmed', pass(), 'good'],
  ['the right pass in capitals', 'confirmed', pass().toUpperCase(), 'good'],
  ['some other code', 'confirmed', 'WIFI:S:red;;', 'not_a_pass'],
  ['another day', 'confirmed', pass({ day: OTHER }), 'wrong_day'],
  ['another day of who already came', 'attended', pass({ day: OTHER }), 'wrong_day'],
  ['a folio that is not on the list', 'confirmed', pass({ folio: 'JO-2026-000043-1' }), 'unknown'],
  ['a code that is not this person’s', 'confirmed', pass({ code: 'ffff' }), 'invalid'],
  ['a wrong code of who already came', 'attended', pass({ code: 'ffff' }), 'invalid'],
  ['used, as the server says', 'attended', pass(), 'used'],
  ['used on this phone', 'unsent', pass(), 'used'],
  ['refused before', 'refused', pass(), 'refused'],
  ['somebody who waits', 'waiting', pass(), 'waiting'],
  ['somebody with an offer', 'offered', pass(), 'offered'],
])('%s', async (_, state, text, outcome) =>
  expect((await judgePass(text, DAY, [personIn(state)])).outcome).toBe(outcome),
)
