/** The one form of an address: the phone and the database agree, and nothing else is ever compared. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalEmail } from '@/domain/email'
import { withoutInvisible } from '@/domain/text'
import { anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const inSql = async (texts: string[]) =>
  (
    await db.pool.query<{ email: string | null }>(
      'select app.canonical_email(t) as email from unnest($1::text[]) with ordinality as x (t, n) order by n',
      [texts],
    )
  ).rows.map(({ email }) => email)

test('the databases fold and compare letters by ICU, as those of Supabase do', async () => {
  const { rows } = await db.pool.query<{ provider: string; folded: string }>(
    `select datlocprovider as provider, lower('İÑ') as folded from pg_database where datname = current_database()`,
  )
  expect(rows).toEqual([{ provider: 'i', folded: 'i\u0307ñ' }])
})

describe('the canonical form', () => {
  test.each([
    ['ana@ejemplo.mx', 'ana@ejemplo.mx'],
    [' Ana.Perez+Consulta@Correo.Ejemplo.MX ', 'ana.perez+consulta@correo.ejemplo.mx'],
    [`o'higgins@gob.mx`, `o'higgins@gob.mx`],
    ['an\u200ba@ejemplo.mx\ufeff', 'ana@ejemplo.mx'],
    ['sen\u0303ora@correo.mx', 'señora@correo.mx'],
    ['ana@ban\u212a.example', 'ana@bank.example'],
    ['ana@xn--seal-hqa.mx', 'ana@xn--seal-hqa.mx'],
    [`${'a'.repeat(64)}@correo.mx`, `${'a'.repeat(64)}@correo.mx`],
    [`${'a'.repeat(65)}@correo.mx`, null],
    [`${'ñ'.repeat(33)}@correo.mx`, null],
    [`a@${'b'.repeat(63)}.mx`, `a@${'b'.repeat(63)}.mx`],
    [`a@${'b'.repeat(64)}.mx`, null],
    [`a@${`${'b'.repeat(62)}.`.repeat(4)}mx`, null],
    ['x@y,v0.a', null],
    ['ana@localhost', null],
    ['ana@@ejemplo.mx', null],
    ['ana@ejemplo..mx', null],
    ['ana@ejemplo.mx.', null],
    ['ana@-ejemplo.mx', null],
    ['ana@ejemplo-.mx', null],
    ['.ana@ejemplo.mx', null],
    ['ana.@ejemplo.mx', null],
    ['a..b@ejemplo.mx', null],
    ['ana@127.0.0.1', null],
    ['ana@0x7f.1', null],
    ['ana@[127.0.0.1]', null],
    ['ana＠ejemplo.mx', null],
    ['ana ejemplo@correo.mx', null],
    ['ana\u00a0b@correo.mx', null],
    ['Ana <ana@correo.mx>', null],
    ['a,b@correo.mx', null],
    ['a(b)@correo.mx', null],
    ['[a]@correo.mx', null],
    ['a\\b@correo.mx', null],
    ['"a"@correo.mx', null],
    ['a\u0007b@correo.mx', null],
    ['ana@correo.mx\nBcc: otra@correo.mx', null],
    ['анна@correo.mx', null],
    ['', null],
  ])('of %j is %j, on the phone and in the database', async (typed, canonical) => {
    expect(canonicalEmail(typed)).toBe(canonical)
    expect(await inSql([typed])).toEqual([canonical])
  })

  test.each([
    ['ana@señal.mx', 'ana@xn--seal-hqa.mx'],
    ['ana@SEÑAL.MX', 'ana@xn--seal-hqa.mx'],
    ['victima@institucİon.example', 'victima@xn--institucion-dmg.example'],
    ['ana@ejemplo。mx', 'ana@ejemplo.mx'],
    ['ana@straße.de', null],
    ['ana@ejemplo／otra.mx', null],
    ['ana@correo.mx:80ñ', null],
    ['ana@ñ%41.mx', null],
    ['ana@１２７.0.0.1', null],
  ])(
    'of the domain in %j is ASCII on the phone (%j), and the database converts none',
    async (typed, canonical) => {
      expect(canonicalEmail(typed)).toBe(canonical)
      expect(await inSql([typed])).toEqual([null])
    },
  )
})

/** Pieces of addresses: plain ones, and everything that folds, hides, composes or looks alike. */
const PIECES = [
  ..."ana|ANA|o'h|a.b|x+y|correo|mx|com|xn--seal-hqa|señal|sen\u0303al|0x7f|127".split('|'),
  ...'@|@|@|.|.|.|..|-|"|,| |%41|:|/|[|＠|．|。|\\|<'.split('|'),
  ...'İ|ı|ſ|\u212a|\u212b|ß|ẞ|ς|ﬁ|Å|ǅ|а|е|ο|я|例え|ع|\u0301'.split('|'),
  ...'\u200b|\u00ad|\ufeff|\u2060|\u202e|\u0085|\u00a0|\t|\n|\ufe0f|\u034f|\u115f'.split('|'),
]
const likely = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom('ana', 'luz', '.', '+', 'Ñ', "'") },
        fc.constantFrom(...PIECES),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('correo', 'Gob', '-', 'ñ') },
        fc.constantFrom(...PIECES),
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    fc.constantFrom('mx', 'MX', 'com', 'xn--p1ai', 'рф', '1', 'm'),
  )
  .map(([local, domain, end]) => `${local.join('')}@${domain.join('')}.${end}`)
const addresses = fc
  .oneof(
    likely,
    fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((parts) => parts.join('')),
    fc.emailAddress(),
  )
  .filter((text) => !text.includes('\u0000') && text.isWellFormed())

const isAscii = (text: string) => [...text].every((letter) => letter <= '\u007f')

test('phone and database agree on 6,000 generated addresses, and the form is its own form', async () => {
  const typed = fc.sample(addresses, 6000)
  const phone = typed.map(canonicalEmail)
  const sql = await inSql(typed)
  const again = await inSql(phone.map((email) => email ?? ''))
  typed.forEach((text, index) => {
    const seen = { text: JSON.stringify(text), phone: phone[index], sql: sql[index] }
    const isAsciiDomain = isAscii(
      withoutInvisible(text.slice(text.lastIndexOf('@')))
        .normalize('NFC')
        .trim(),
    )
    const expected = isAsciiDomain ? phone[index] : (sql[index] ?? null)
    expect({ ...seen, sql: sql[index] }).toEqual({ ...seen, sql: expected })
    if (sql[index] !== null) expect(seen).toEqual({ ...seen, phone: sql[index] })
    if (phone[index] !== null) {
      expect([seen.text, again[index], canonicalEmail(phone[index]!)]).toEqual([
        seen.text,
        phone[index],
        phone[index],
      ])
    }
  })
  expect(phone.filter(Boolean).length).toBeGreaterThan(1500)
  expect(phone.filter((email) => email === null).length).toBeGreaterThan(1500)
})

describe('an address of a submission', () => {
  const codeFor = async (email: string) => {
    await callAs(db, anon, 'request_link_code', { p_email: email })
    const letters = (await callAs(db, service, 'take_mail', { p_limit: 100 })) as {
      to: string
      body: string
    }[]
    return letters.flatMap(({ to, body }) => {
      const [code] = /\b\d{6}\b/u.exec(body) ?? []
      return body.startsWith('Tu código') && code ? [{ to, code }] : []
    })
  }
  const open = async (email: string, code: string) =>
    (
      (await callAs(db, anon, 'recover_links', { p_email: email, p_code: code, p_seed: fx.newSecret() })) as {
        links?: { id: string }[]
      }
    ).links?.map(({ id }) => id)

  /** Letters that some fold of Unicode takes for `i`, `k`, `s`, or for nothing. */
  const kin = ['İ', 'i\u0307', 'ı', 'ｉ', 'і', 'í']

  test('opens nothing of an address that looks or folds alike, in the name or in the domain', async () => {
    const run = randomUUID().slice(0, 8)
    const victim = `victima${run}@institucion.example`
    const own = await fx.submit(db, { email: victim })
    const forged = []
    for (const letter of kin) {
      for (const email of [
        victim.replace('ion.', `${letter}on.`),
        victim.replace('victima', `v${letter}ctima`),
      ])
        forged.push({ email, ...(await fx.submit(db, { email })) })
    }
    expect(await codeFor(victim)).toEqual([{ to: victim, code: expect.any(String) }])
    const { code } = (await codeFor(victim))[0]!
    expect(await open(victim, code)).toEqual([own.id])
    for (const { email } of forged) {
      for (const letter of await codeFor(email)) {
        expect(letter.to).not.toBe(victim)
        expect(await open(email, letter.code)).not.toContain(own.id)
      }
      expect(await open(email, code)).toBeUndefined()
    }
  })

  test('is found in any case, and every submission of it opens', async () => {
    const email = `Ana.${randomUUID()}@Correo.MX`
    const first = await fx.submit(db, { email })
    const second = await fx.submit(db, { email: email.toLowerCase() })
    const [letter] = await codeFor(email.toUpperCase())
    expect(letter!.to).toBe(email.toLowerCase())
    expect((await open(email, letter!.code))!.toSorted()).toEqual([first.id, second.id].toSorted())
  })

  test.each(['ana@señal.mx', 'x@y,v0.a', `${'a'.repeat(70)}@correo.mx`, 'анна@correo.mx'])(
    'of an older phone that no letter can reach (%j) is left out, and its author reads so',
    async (email) => {
      const { row } = await fx.submit(db, { email })
      expect(row).toMatchObject({ has_email: false, mail: 'unusable' })
    },
  )

  test('that no version took for one is refused', async () => {
    const one = fx.op('propuesta.submit', randomUUID(), await fx.propuesta(db, { email: 'ana' }), {
      secret: fx.newSecret(),
    })
    expect(await fx.applyOne(db, anon, one)).toMatchObject({ code: 'email_invalid', field: 'email' })
  })
})
