/** Propuestas from paper and from a brigade: who may hand them in, what is recorded, and that each becomes one. */
import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cardOf } from '@/campaign/card/card'
import type { EnteredPropuesta } from '@/features/propuestas/captures'
import { type Actor, anon, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import { pullOne } from './reader'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const payloadOf = async (change: Partial<EnteredPropuesta> = {}): Promise<EnteredPropuesta> => ({
  ...(await fx.propuesta(db)),
  channel: 'brigade',
  capture_id: randomUUID(),
  secret_hash: null,
  noted_by: fx.moderator.sub!,
  ...change,
})
const opOf = (payload: object, id: string = randomUUID(), rest: object = {}) =>
  fx.op('propuesta.enter', id, payload, rest)
const send = (one: object, actor: Actor = fx.moderator) => fx.applyOne(db, actor, one)
const wordOf = async (one: object, actor?: Actor) => {
  const verdict = await send(one, actor)
  return verdict.status === 'refused' ? verdict.code : verdict.status
}
const rowsOf = async (id: string) =>
  (
    await db.pool.query<{
      channel: string
      noted_by: string
      key: string
      granted: boolean
      notice_id: string
    }>(
      'select channel, noted_by, key, granted, notice_id from app.consents where submission_id = $1 order by key',
      [id],
    )
  ).rows
const countOf = async (capture: string) =>
  Number(
    (
      await db.pool.query<{ count: string }>(
        'select count(*) from app.captured_propuestas where capture_id = $1',
        [capture],
      )
    ).rows[0]!.count,
  )

describe('what a member of staff hands in', () => {
  test('is marked with its channel and who noted it, tells its author, and the sender reads its folio and no words', async () => {
    const id = randomUUID()
    const verdict = await send(opOf(await payloadOf({ display_name: 'Ana Pérez' }), id), fx.coordinator)
    expect(verdict).toMatchObject({ status: 'applied' })
    expect(Object.keys((verdict as { row: object }).row).sort()).toEqual(['folio', 'id', 'version'])
    const by = { channel: 'brigade', noted_by: fx.moderator.sub, granted: true, notice_id: fx.NOTICE }
    expect(await rowsOf(id)).toEqual([
      { ...by, key: 'political_opinions' },
      { ...by, key: 'publish' },
    ])
    const { rows } = await db.pool.query(
      'select source, actor_id, message from app.review_events where submission_id = $1',
      [id],
    )
    expect(rows).toEqual([
      { source: 'staff', actor_id: fx.coordinator.sub, message: expect.stringMatching(/brigada/u) as string },
    ])
  })

  test('of a paper says so, and the channel is counted beside the others', async () => {
    const id = randomUUID()
    await send(opOf(await payloadOf({ channel: 'paper' }), id))
    const { rows } = await db.pool.query('select channel from app.counted_propuestas($1) where id = $2', [
      fx.OPEN,
      id,
    ])
    expect(rows).toEqual([{ channel: 'paper' }])
  })

  test('opens with the key whose hash came with it, and the server never saw the key', async () => {
    const secret = fx.newSecret()
    const verdict = await send(opOf(await payloadOf({ secret_hash: sha256(secret) })))
    const { folio } = (verdict as unknown as { row: { folio: string } }).row
    expect(await fx.openFolio(db, folio, secret)).toMatchObject({ folio })
    expect(await fx.outcome(fx.openFolio(db, folio, fx.newSecret()))).toBe('PT404 submission_unknown')
  })

  test('with a card is found by the key alone, which gives id and hash', async () => {
    const secret = fx.newSecret()
    const { id, secret_hash } = await cardOf(secret)
    const pulled = () => pullOne(db, { scope: 'mine', id, secret, cursor: null })
    expect(await pulled()).toMatchObject({ status: 'denied' })
    await send(opOf(await payloadOf({ secret_hash }), id))
    expect((await pulled()).changes).toMatchObject([{ row: { folio: expect.any(String) as string } }])
  })

  test('never waits in quarantine, however much comes at once', async () => {
    const ops = await Promise.all(Array.from({ length: 3 }, async () => opOf(await payloadOf())))
    await db.pool.query(`create or replace function app.is_flood(p_kind text) returns boolean
      language sql volatile as 'select true'`)
    await fx.apply(db, fx.moderator, ...ops)
    const { rows } = await db.pool.query(
      'select count(*)::int as count from app.submissions where id = any ($1) and quarantined_at is null',
      [ops.map(({ entity_id }) => entity_id)],
    )
    expect(rows).toEqual([{ count: 3 }])
  })

  test.each([
    ['anybody', () => anon],
    ['an auditor', () => fx.auditor],
    ['a door volunteer', () => fx.doorVolunteer],
    ['an administrator', () => fx.admin],
  ])('is refused to %s', async (_, actor) =>
    expect(await wordOf(opOf(await payloadOf()), actor())).toBe('not_allowed'),
  )

  test('is refused to a moderator of another campaign', async () => {
    const elsewhere = await fx.addStaff(db, 'moderator', { convocatoria: fx.COMING })
    expect(await wordOf(opOf(await payloadOf()), elsewhere)).toBe('not_allowed')
  })

  test.each<[string, Partial<Record<keyof EnteredPropuesta, unknown>>, string]>([
    ['without a channel', { channel: null }, 'malformed_op'],
    ['as if its author had sent it', { channel: 'app' }, 'malformed_op'],
    ['without its own id', { capture_id: null }, 'malformed_op'],
    ['with a key instead of its hash', { secret_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }, 'malformed_op'],
    ['without the consent that is required', { consents: [] }, 'consent_missing'],
    ['with a short text', { body: 'corto' }, 'body_too_short'],
    ['with a notice that there is not', { notice_id: randomUUID() }, 'notice_outdated'],
    ['with no notice at all', { notice_id: null, notice_hash: null }, 'notice_outdated'],
  ])('%s is refused', async (_, change, code) =>
    expect(await wordOf(opOf({ ...(await payloadOf()), ...change }))).toBe(code),
  )
})

describe('a capture becomes one propuesta', () => {
  test('when it comes again: the same op, another op, or another submission of the same capture', async () => {
    const payload = await payloadOf()
    const first = opOf(payload)
    const again = [first, first, opOf(payload, first.entity_id), opOf(payload)]
    for (const one of again)
      expect(await send(one)).toMatchObject({ status: 'applied', row: { id: first.entity_id } })
    expect(await countOf(payload.capture_id)).toBe(1)
  })

  test('when two phones send it at the same time', async () => {
    const payload = await payloadOf()
    const [one, other] = [opOf(payload), opOf(payload)]
    const verdicts = await Promise.all([send(one), send(other, fx.coordinator)])
    expect(verdicts.filter(({ status }) => status !== 'applied' && status !== 'retry')).toEqual([])
    expect(await countOf(payload.capture_id)).toBe(1)
  })

  test('and a card belongs to the first person who got it', async () => {
    const card = randomUUID()
    expect(await wordOf(opOf(await payloadOf(), card))).toBe('applied')
    const second = await payloadOf()
    expect(await wordOf(opOf(second, card))).toBe('submission_unknown')
    expect(await wordOf(opOf(second))).toBe('applied')
  })

  test('names who noted it when somebody else sends it, and its sender where that is no member', async () => {
    const [mine, nobodys] = [randomUUID(), randomUUID()]
    await send(opOf(await payloadOf(), mine), fx.coordinator)
    await send(opOf(await payloadOf({ noted_by: randomUUID() }), nobodys), fx.coordinator)
    const noters = async (id: string) => new Set((await rowsOf(id)).map(({ noted_by }) => noted_by))
    expect(await noters(mine)).toEqual(new Set([fx.moderator.sub]))
    expect(await noters(nobodys)).toEqual(new Set([fx.coordinator.sub]))
  })
})

test('a sheet with an earlier version of the notice counts under that version, and one of another campaign does not', async () => {
  const { rows } = await db.pool.query<{ id: string; hash: string }>(
    `insert into app.notices (version, title, label, simplified, full_form, consents, published_on)
     select n.version + 1, n.title, n.label, n.simplified, n.full_form, n.consents, n.published_on
     from app.notices n where n.id = $1 returning id, hash`,
    [fx.NOTICE],
  )
  const next = rows[0]!
  const later = { notice_id: next.id, notice_hash: next.hash }
  expect(await wordOf(opOf({ ...(await payloadOf()), ...later }))).toBe('notice_outdated')
  await db.pool.query('update app.convocatorias set notice_id = $1 where id = $2', [next.id, fx.OPEN])
  const old = randomUUID()
  expect(await wordOf(opOf(await payloadOf({ channel: 'paper' }), old))).toBe('applied')
  expect(new Set((await rowsOf(old)).map(({ notice_id }) => notice_id))).toEqual(new Set([fx.NOTICE]))
  expect(await wordOf(opOf({ ...(await payloadOf()), ...later }))).toBe('applied')
  const other = await db.pool.query<{ id: string; hash: string }>(
    'select id, hash from app.notices where title <> (select title from app.notices where id = $1) limit 1',
    [next.id],
  )
  const foreign = { notice_id: other.rows[0]!.id, notice_hash: other.rows[0]!.hash }
  expect(await wordOf(opOf({ ...(await payloadOf()), ...foreign }))).toMatch(
    /^(notice_outdated|consent_missing)$/u,
  )
  const own = { ...(await fx.propuesta(db)), convocatoria_id: fx.OPEN }
  const theirs = fx.op('propuesta.submit', randomUUID(), own, { secret: fx.newSecret() })
  expect(await wordOf(theirs, anon)).toBe('notice_outdated')
})
