import { createHash } from 'node:crypto'
import { encode } from 'uqr'
import { describe, expect, test } from 'vitest'
import type { DoorLine } from '@/features/jornadas/registration'
import { beginsPass } from './keyboardScan'
import { judgePass, readPass } from './passes'
import type { Person, PersonState } from './people'
import { passHead, passSigned } from '../../../../../supabase/functions/_shared/signed/pass'
import { passText } from '../../../../../supabase/functions/_shared/signed/passText'
import { signerOf } from '../../../../../supabase/functions/sign/keys'

const DAY = '00000000-0000-4000-8000-0000000b3101'
const OTHER = '00000000-0000-4000-8000-0000000b3102'
const FOLIO = 'JO-2026-000042-6'
const CODE = 'a1b2c3d4e5f60718293a'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const pass = (change: { folio?: string; day?: string; code?: string } = {}) =>
  `CONVOCA:${change.folio ?? FOLIO}:${change.day ?? DAY}:${change.code ?? CODE}`

const personIn = (state: PersonState): Person => {
  const line = { folio: FOLIO, pass_hash: state === 'waiting' || state === 'offered' ? null : sha256(CODE) }
  return { line: line as DoorLine, state, at: null, op: null }
}

const [SIGNER, STRANGER] = ['01', '02'].map((seed) => signerOf({ '2026-01-01': seed.repeat(32) })!)
const KNOWN = { keys: [{ id: '2026-01-01', public_key: SIGNER!.publicKey }], listAt: '2026-11-29T16:00:00Z' }
const judge = (text: string, people: Person[], known = KNOWN) => judgePass(text, DAY, people, known)

interface Said {
  id: string
  year: number
  number: number
  day: string
  code: string
  at: string
}
const ANA: Said = {
  id: '11111111-2222-4333-8444-555555555555',
  year: 2026,
  number: 42,
  day: DAY,
  code: CODE,
  at: '2026-11-29T15:00:00Z',
}
const NEWER = '2026-11-29T16:30:00Z'
function signedPass(change: Partial<Said> = {}, by = SIGNER!): string {
  const { id, year, number, day, code, at } = { ...ANA, ...change }
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
  const bare = (uuid: string) => uuid.replaceAll('-', '')
  const folio = hex(year - 2000, 2) + hex(number, 8)
  const content = bare(id) + folio + bare(day).slice(16) + code + hex(Date.parse(at) / 1000, 8)
  const head = passHead(by.publicKey, content)
  return passText(head + by.sign(passSigned(head)))
}

test('a pass is read in lower and upper case', () => {
  const read = { folio: FOLIO, day: DAY.replaceAll('-', ''), code: CODE, signed: null }
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
  const read = { folio: FOLIO, day: DAY.replaceAll('-', ''), code: CODE, signed: null }
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
  ['a pass of somebody who waits for approval', 'pending', pass(), 'pending'],
])('judgePass for %s', async (_, state, text, outcome) =>
  expect((await judge(text, [personIn(state)])).outcome).toBe(outcome),
)

test('a valid pass of a seat online notes nobody: the volunteer is asked', async () => {
  const person = personIn('confirmed')
  const online = { ...person, line: { ...person.line, online: true as const } }
  expect((await judge(pass(), [online])).outcome).toBe('online')
  expect((await judge(pass({ code: 'ffff' }), [online])).outcome).toBe('invalid')
})

test('the pass of another registration of the same person opens the same line', async () => {
  const twin = { folio: 'JO-2026-000050-2', pass_hash: sha256('beef') }
  const person = personIn('confirmed')
  const people = [{ ...person, line: { ...person.line, also: [twin] } }]
  const judgeIt = (folio: string, code: string) => judge(pass({ folio, code }), people)
  expect(await judgeIt(twin.folio, 'beef')).toMatchObject({
    outcome: 'good',
    person: { line: { folio: FOLIO } },
  })
  expect((await judgeIt(FOLIO, CODE)).outcome).toBe('good')
  expect((await judgeIt(FOLIO, 'beef')).outcome).toBe('invalid')
  expect((await judgeIt(twin.folio, CODE)).outcome).toBe('invalid')
})

test('a pass of another day names whoever is on today’s list with the same folio', async () => {
  const here = personIn('confirmed')
  expect(await judge(pass({ day: OTHER }), [here])).toMatchObject({ outcome: 'wrong_day', here })
  const stranger = pass({ day: OTHER, folio: 'JO-2026-000043-1' })
  expect(await judge(stranger, [here])).toMatchObject({ outcome: 'wrong_day', here: null })
})

describe('a signed pass', () => {
  const [most, least] = ['f', '0'].map((digit) => passText(digit.repeat(218)))

  test('is 177 letters and digits at most and at least, so that its QR code is of version 7 with level M', () => {
    for (const text of [most!, least!, signedPass()]) {
      expect(text).toMatch(/^CONVOCA:[0-9A-Z]{169}$/u)
      expect(encode(text, { ecc: 'M' })).toMatchObject({ version: 7, size: 45 + 2 })
    }
  })

  test('says submission, folio, day, code and when it was signed, also as a keyboard scanner types it', () => {
    const last = { id: ANA.id, year: 2255, number: 4_294_967_295, code: 'f'.repeat(20) }
    for (const change of [{}, last, { number: 0, code: '0'.repeat(20) }]) {
      const { id, number, code } = { ...ANA, ...change }
      for (const text of [
        signedPass(change),
        withCapsLock(signedPass(change)),
        ` ${signedPass(change)}\r\n`,
      ]) {
        const read = readPass(text)!
        expect(read).toMatchObject({ code, day: '80000000000b3101' })
        expect(read.signed).toMatchObject({
          submission_id: id,
          number,
          signed_at: '2026-11-29T15:00:00.000Z',
        })
      }
    }
    expect(readPass(signedPass())!.folio).toBe(FOLIO)
    for (const keys of Object.values(KEYBOARDS))
      expect(readPass(typedOn(keys, signedPass()))?.folio).toBe(FOLIO)
  })

  test.each([
    ['of the list is judged by the list', signedPass(), 'confirmed', 'good'],
    ['used on this phone', signedPass(), 'unsent', 'used'],
    ['of the list that nobody signed is judged by its code', signedPass({}, STRANGER!), 'confirmed', 'good'],
    ['older than the list, with another code', signedPass({ code: 'f'.repeat(20) }), 'confirmed', 'invalid'],
    [
      'newer than the list, with another code',
      signedPass({ code: 'f'.repeat(20), at: NEWER }),
      'confirmed',
      'good',
    ],
    ['newer, of somebody who waits by the list', signedPass({ at: NEWER }), 'waiting', 'good'],
    ['older, of somebody who waits by the list', signedPass(), 'waiting', 'waiting'],
    ['of another day', signedPass({ day: OTHER }), 'confirmed', 'wrong_day'],
  ] as const)('%s', async (_, text, state, outcome) =>
    expect((await judge(text, [personIn(state)])).outcome).toBe(outcome),
  )

  test('of nobody on the list may be marked when it is newer than the list, and was revoked when it is older', async () => {
    expect(await judge(signedPass({ at: NEWER }), [])).toMatchObject({
      outcome: 'unlisted',
      submission_id: ANA.id,
      pass: { folio: FOLIO, code: CODE },
    })
    expect(await judge(signedPass(), [])).toEqual({ outcome: 'revoked' })
  })

  test('that somebody else signed, that was changed, or whose key this phone does not know marks nobody', async () => {
    const newest = signedPass({ at: NEWER })
    expect(await judge(newest, [], { ...KNOWN, keys: [] })).toEqual({ outcome: 'unknown' })
    expect(await judge(signedPass({ at: NEWER }, STRANGER!), [])).toEqual({ outcome: 'unknown' })
    const taken = {
      id: '2026-01-01',
      public_key: SIGNER!.publicKey.slice(0, 4) + STRANGER!.publicKey.slice(4),
    }
    expect(await judge(newest, [], { ...KNOWN, keys: [taken] })).toEqual({ outcome: 'forged' })
    const outcomes = new Set<string>()
    for (let at = 8; at < newest.length; at += 3) {
      const digit = newest[at] === '7' ? '8' : '7'
      outcomes.add((await judge(newest.slice(0, at) + digit + newest.slice(at + 1), [])).outcome)
    }
    expect([...outcomes].filter((one) => one === 'unlisted' || one === 'good')).toEqual([])
  })

  test('verifies with any of the keys that begin alike', async () => {
    const alike = {
      id: '2025-01-01',
      public_key: SIGNER!.publicKey.slice(0, 4) + STRANGER!.publicKey.slice(4),
    }
    const keys = [alike, ...KNOWN.keys]
    expect((await judge(signedPass({ at: NEWER }), [], { ...KNOWN, keys })).outcome).toBe('unlisted')
  })
})
