/** The digest by which phones find published proposals that say the same, and the supports that they then give. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type LikenessDigest, readFolios, readWords } from '@/features/propuestas/likeness/digest'
import { STOP_WORDS } from '@/features/propuestas/likeness/stopWords'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import { makeDigest } from '../support/likeness/makeDigest'
import * as fx from './fixtures'

const TEXTS = (
  JSON.parse(readFileSync(new URL('../bench/likeness/tuning.json', import.meta.url), 'utf8')) as {
    a: string
  }[]
)
  .slice(0, 52)
  .map(({ a }) => a)

let db: TestDatabase
let published: fx.Sent[]
beforeAll(async () => {
  db = await createTestDatabase()
  published = []
  for (const body of TEXTS) published.push(await fx.submit(db, { body }))
  await db.pool.query(
    `update app.submissions set state = 'published', published_at = app.now(), version = version + 1 where id = any ($1)`,
    [published.map(({ id }) => id)],
  )
  await runJob()
  await runJob()
})
beforeEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const runJob = async () =>
  (await db.pool.query<{ made: number }>('select app.renew_digests() as made')).rows[0]!.made
const digest = () =>
  callAs(db, anon, 'likeness_digest', { p_convocatoria: fx.OPEN }) as Promise<LikenessDigest>
const folioOf = ({ row }: fx.Sent) => row.folio

describe('the digest', () => {
  test('of the server has the words that its twin finds, for the folios of the published proposals', async () => {
    const made = await digest()
    expect(readFolios(made)).toEqual(published.map(folioOf))
    expect([...readWords(made)]).toEqual([...readWords(makeDigest(TEXTS))])
  })

  test('leaves out the same words as the page', async () => {
    const { rows } = await db.pool.query<{ words: string[] }>('select app.likeness_stop_words() as words')
    expect(rows[0]!.words).toEqual([...STOP_WORDS])
  })

  test('has no word of a proposal that is not published', async () => {
    await fx.submit(db, { body: 'Una palabra que nadie más escribe: xochitlcalli, en mi comunidad.' })
    await fx.setClock(
      db,
      await fx.shift(db, ((await callAs(db, anon, 'bootstrap')) as { now: string }).now, '11 minutes'),
    )
    expect([
      await runJob(),
      [...readWords(await digest())].some(({ word }) => word === 'xochitlcalli'),
    ]).toEqual([0, false])
  })

  test('goes at once with the first proposal that is no longer public, and is made again without it', async () => {
    const gone = published.at(-1)!
    const verdict = await fx.applyOne(
      db,
      anon,
      fx.op('submission.withdraw', gone.id, {}, { secret: gone.secret }),
    )
    expect(verdict.status).toBe('applied')
    expect(readFolios(await digest())).toEqual([])
    expect(await runJob()).toBe(1)
    expect(readFolios(await digest())).toEqual(published.slice(0, -1).map(folioOf))
    expect(await runJob()).toBe(0)
  })

  test('of a campaign that is not public, or that there is not, is empty', async () => {
    const none = (await callAs(db, anon, 'likeness_digest', {
      p_convocatoria: crypto.randomUUID(),
    })) as LikenessDigest
    expect([readFolios(none), [...readWords(none)]]).toEqual([[], []])
  })
})

describe('a support', () => {
  let secret: string
  let consent: Record<string, unknown>
  beforeEach(async () => {
    secret = fx.newSecret()
    consent = {
      p_notice_hash: (await fx.propuesta(db)).notice_hash,
      p_locale: 'es-MX',
      p_consented_at: '2026-01-01T10:00:00Z',
    }
    await db.pool.query('delete from app.propuesta_supports')
    await db.pool.query('delete from app.caller_calls')
  })
  const first = () => folioOf(published[0]!)
  const support = (p_folio: string, given = true, more: object = {}) =>
    callAs(db, anon, 'support_propuesta', {
      p_folio,
      p_secret: secret,
      p_given: given,
      ...(given && consent),
      ...more,
    })
  const closed = async () =>
    (
      await db.pool.query<{ at: string }>(
        `select app.received_until(c)::text as at from app.convocatorias c where id = $1`,
        [fx.OPEN],
      )
    ).rows[0]!.at
  const totals = async () =>
    ((await callAs(db, anon, 'published_supports', { p_convocatoria: fx.OPEN })) as { items: object }).items

  test('counts once for a secret, however often it is given, and is shown only after nothing more is received', async () => {
    expect([await support(first()), await support(first())]).toEqual([{ given: true }, { given: true }])
    secret = fx.newSecret()
    await support(first())
    expect(await totals()).toEqual({})
    await fx.setClock(db, await closed())
    expect(await totals()).toEqual({ [first()]: 2 })
  })

  test('is taken back with its secret and no other, also after the closing', async () => {
    await support(first())
    await support(first(), false, { p_secret: fx.newSecret() })
    await fx.setClock(db, await closed())
    expect(await totals()).toEqual({ [first()]: 1 })
    expect(await support(first(), false)).toEqual({ given: false })
    expect(await totals()).toEqual({})
  })

  test('keeps which notice its consent answered, and when', async () => {
    await support(first())
    const { rows } = await db.pool.query(
      'select notice_id, locale, consented_at, in_burst, secret_hash = $1 as bare from app.propuesta_supports',
      [secret],
    )
    expect(rows).toEqual([
      {
        notice_id: fx.NOTICE,
        locale: 'es-MX',
        consented_at: new Date('2026-01-01T10:00:00Z'),
        in_burst: false,
        bare: false,
      },
    ])
  })

  test.each([
    ['a notice of before', { p_notice_hash: 'x' }, 'PT409 notice_outdated'],
    ['no consent', { p_notice_hash: null }, 'PT409 notice_outdated'],
    ['no instant', { p_consented_at: 'hoy' }, 'PT422 malformed_op'],
    ['no locale', { p_locale: '' }, 'PT422 malformed_op'],
    ['a secret that no phone makes', { p_secret: 'corto' }, 'PT422 malformed_op'],
    ['nothing asked', { p_given: null }, 'PT422 malformed_op'],
  ])('with %s is refused', async (_, more, outcome) => {
    expect(await fx.outcome(support(first(), true, more))).toBe(outcome)
  })

  test('of what is not published, or after the closing, is refused', async () => {
    const waiting = await fx.submit(db)
    expect(await fx.outcome(support(folioOf(waiting)))).toBe('PT404 submission_unknown')
    expect(await fx.outcome(support('PR-2026-999999-0'))).toBe('PT404 submission_unknown')
    await fx.setClock(db, await closed())
    expect(await fx.outcome(support(first()))).toBe('PT409 convocatoria_closed')
  })

  test('above thirty an hour from one network is received and not counted', async () => {
    await db.pool.query(
      `create or replace function app.supports_counted() returns int language sql as 'select 2'`,
    )
    await db.pool.query(
      `create or replace function app.caller_hash() returns text language sql as $$ select 'one' $$`,
    )
    for (const one of published.slice(0, 3)) expect(await support(folioOf(one))).toEqual({ given: true })
    await fx.setClock(db, await closed())
    expect(Object.keys(await totals())).toEqual(published.slice(0, 2).map(folioOf))
  })

  test('goes with the content of its proposal', async () => {
    await support(first())
    await db.pool.query('select app.erase_propuesta($1)', [published[0]!.id])
    expect((await db.pool.query('select from app.propuesta_supports')).rowCount).toBe(0)
  })
})
