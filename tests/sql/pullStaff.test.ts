/** Scope `staff` of `pull_changes`: the open queue of a campaign, for staff who may read it and nobody else. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PullAnswer, StaffPullResult } from '@/domain/pull'
import type { QueuePage, StaffItem } from '@/domain/staffRows'
import { type Actor, anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import { submitVideo } from './videoFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())
/** Each test starts with an empty queue: submissions of earlier tests are closed. */
beforeEach(() =>
  db.pool.query(`update app.submissions set state = 'expired' where convocatoria_id = $1`, [fx.OPEN]),
)

type Rows = Map<string, StaffItem>

async function page(actor: Actor, cursor: string | null = null, id = fx.OPEN): Promise<StaffPullResult> {
  const pulls = [{ scope: 'staff', id, cursor }]
  return ((await callAs(db, actor, 'pull_changes', { pulls })) as PullAnswer<StaffPullResult>).pulls[0]!
}

const ops = ({ changes }: StaffPullResult) => changes.map(({ op, id }) => `${op} ${id}`)

/** Applies all pages as a phone does, until there are no more. */
async function follow(
  actor: Actor,
  from: { cursor: string | null; rows: Rows } = { cursor: null, rows: new Map() },
) {
  let { cursor } = from
  let rows: Rows = new Map(from.rows)
  for (;;) {
    const result = await page(actor, cursor)
    expect(result.status).toBe('ok')
    if (result.reset) rows = new Map()
    for (const change of result.changes) {
      if (change.op === 'put') rows.set(change.id, change.row as StaffItem)
      else rows.delete(change.id)
    }
    cursor = result.cursor
    expect(result.more || result.left === 0).toBe(true)
    if (!result.more) return { cursor, rows, partial: result.partial }
  }
}

/** Adds open propuestas one second apart. Returns their ids, oldest first. */
async function fill(count: number): Promise<string[]> {
  const { id } = await fx.submit(db)
  const { rows } = await db.pool.query<{ id: string }>(
    `insert into app.submissions select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(),
       'folio', 'X-' || gen_random_uuid(), 'received_at', s.received_at + n * interval '1 second'))).*
     from app.submissions s, generate_series(1, $2::int) n where s.id = $1 returning id, received_at`,
    [id, count - 1],
  )
  return [id, ...rows.map((row) => row.id)]
}
const close = (ids: string[]) =>
  db.pool.query(`update app.submissions set state = 'rejected' where id = any ($1)`, [ids])

describe('permission to pull the queue', () => {
  const OTHER = fx.HISTORIC
  test.each([
    ['a moderator of all campaigns', 'ok', () => fx.moderator],
    ['a moderator of that campaign', 'ok', () => fx.addStaff(db, 'moderator', { convocatoria: fx.OPEN })],
    ['an auditor', 'ok', () => fx.auditor],
    ['an administrator', 'ok', () => fx.admin],
    [
      'a moderator of another campaign',
      'denied',
      () => fx.addStaff(db, 'moderator', { convocatoria: OTHER }),
    ],
    ['a deactivated moderator', 'denied', () => fx.addStaff(db, 'moderator', { active: false })],
    ['a door volunteer', 'denied', () => fx.doorVolunteer],
    ['a signed-in stranger', 'denied', () => fx.stranger],
    ['an anonymous person', 'denied', () => anon],
  ] as const)('a pull of the queue by %s is answered: %s', async (_, status, make) => {
    const { id } = await fx.submit(db)
    const result = await page(await make())
    expect(result).toMatchObject({ scope: 'staff', id: fx.OPEN, status })
    expect(ops(result)).toEqual(status === 'ok' ? [`put ${id}`] : [])
  })

  test('a campaign on whose submissions nobody decides is denied, so that a phone forgets what it kept of it', async () => {
    await jx.setDay(db, jx.DAY, 2)
    await jx.register(db)
    expect(await page(fx.coordinator, null, jx.JORNADAS)).toMatchObject({ status: 'denied', changes: [] })
    const queue = (await callAs(db, fx.coordinator, 'review_queue', {
      p_convocatoria: jx.JORNADAS,
    })) as QueuePage
    expect(queue).toMatchObject({ items: [], counts: {} })
    const all = (await callAs(db, fx.coordinator, 'review_queue')) as QueuePage
    expect(all.items.map(({ kind }) => kind)).not.toContain('jornadas')
  })

  test('an unknown campaign is denied like a foreign one, and a campaign id that is not a UUID is malformed', async () => {
    expect(await page(fx.moderator, null, randomUUID())).toMatchObject({ status: 'denied', changes: [] })
    expect(await fx.outcome(page(fx.moderator, null, 'x'))).toBe('PT400 malformed_op')
  })

  test('a revoked role denies the next page, and a restored role starts a full read', async () => {
    const member = await fx.addStaff(db, 'moderator')
    const { id } = await fx.submit(db)
    const { cursor } = await follow(member)
    const setActive = (active: boolean) =>
      db.pool.query('update app.staff set active = $2 where user_id = $1', [member.sub, active])
    await setActive(false)
    expect(await page(member, cursor)).toMatchObject({ status: 'denied', changes: [], more: false, cursor })
    await setActive(true)
    expect(ops(await page(member, null))).toEqual([`put ${id}`])
  })

  test('a role that can no longer decide starts a full read without decisions', async () => {
    const member = await fx.addStaff(db, 'moderator')
    const { id } = await fx.submit(db)
    const before = await follow(member)
    expect(before.rows.get(id)!.decisions).not.toEqual([])
    await db.pool.query(`update app.staff set role = 'auditor' where user_id = $1`, [member.sub])
    expect(await page(member, before.cursor)).toMatchObject({ reset: true })
    expect((await follow(member, before)).rows.get(id)!.decisions).toEqual([])
  })
})

describe('the first pull of the queue', () => {
  test('the first pull returns the open submissions, oldest first, each as review_item returns it', async () => {
    const sent = [await fx.submit(db), await fx.submit(db), await fx.submit(db), await fx.submit(db)]
    await fx.decide(db, fx.moderator, sent[1]!.id, 'request_correction', { message: 'Dinos dónde.' })
    await fx.decide(db, fx.moderator, sent[2]!.id, 'accept')
    await fx.decide(db, fx.moderator, sent[3]!.id, 'reject', { reason_code: 'off_topic', message: 'No.' })
    const result = await page(fx.auditor)
    expect(result).toMatchObject({ reset: true, more: false, partial: false })
    expect(ops(result)).toEqual(sent.slice(0, 3).map(({ id }) => `put ${id}`))
    for (const change of result.changes) {
      const item = await callAs(db, fx.auditor, 'review_item', { p_id: change.id })
      expect(change).toEqual({ entity: 'submission', id: change.id, op: 'put', row: item })
    }
  })

  test('the first pull of an empty queue is empty, and a later submission arrives by the next pull', async () => {
    const { cursor, rows } = await follow(fx.moderator)
    expect([...rows]).toEqual([])
    const { id } = await fx.submit(db)
    expect(ops(await page(fx.moderator, cursor))).toEqual([`put ${id}`])
  })

  test('a pulled video has no poster', async () => {
    const { id } = await submitVideo(db)
    const { rows } = await db.pool.query<{ id: string }>(
      'select convocatoria_id as id from app.submissions where id = $1',
      [id],
    )
    await db.pool.query(`update app.media_uploads set poster = 'x' where submission_id = $1`, [id])
    const { changes } = await page(fx.moderator, null, rows[0]!.id)
    const change = changes.find((one) => one.id === id) as unknown as { row: StaffItem<'videos'> }
    expect(change.row.content.media).toMatchObject({ poster: null, status: expect.any(String) })
  })
})

describe('later pulls of the queue', () => {
  test('a changed submission is returned, a closed one is removed, and an unchanged one is not repeated', async () => {
    const [stays, moves, leaves] = [await fx.submit(db), await fx.submit(db), await fx.submit(db)]
    const { cursor } = await follow(fx.moderator)
    await fx.decide(db, fx.moderator, moves.id, 'accept')
    await fx.decide(db, fx.moderator, leaves.id, 'reject', { reason_code: 'off_topic', message: 'No.' })
    const result = await page(fx.moderator, cursor)
    expect(result.reset).toBe(false)
    expect(ops(result)).toEqual([`put ${moves.id}`, `remove ${leaves.id}`])
    expect(result.changes[0]).toMatchObject({ row: { state: 'accepted', version: 2 } })
    expect(ops(await page(fx.moderator, result.cursor))).toEqual([])
    expect(stays.id).not.toBe(moves.id)
  })

  test('a withdrawal removes a submission from the queue, and undoing it puts it back', async () => {
    const { id, secret } = await fx.submit(db)
    const { cursor } = await follow(fx.moderator)
    await fx.applyOne(db, anon, fx.op('submission.withdraw', id, {}, { secret }))
    const gone = await page(fx.moderator, cursor)
    expect(ops(gone)).toEqual([`remove ${id}`])
    await fx.applyOne(db, anon, fx.op('submission.undo_withdraw', id, {}, { secret }))
    expect(ops(await page(fx.moderator, gone.cursor))).toEqual([`put ${id}`])
  })

  test('a deleted submission is removed', async () => {
    const [id] = await fill(2).then((ids) => ids.slice(1))
    const { cursor } = await follow(fx.moderator)
    await db.pool.query('delete from app.submissions where id = $1', [id])
    expect(ops(await page(fx.moderator, cursor))).toEqual([`remove ${id}`])
  })

  test('the change of an open transaction is returned after its commit', async () => {
    const { id } = await fx.submit(db)
    const { cursor } = await follow(fx.moderator)
    const slow = await db.pool.connect()
    await slow.query('begin')
    await slow.query(`update app.submissions set state = 'accepted', version = 2 where id = $1`, [id])
    const later = await fx.submit(db)
    const meanwhile = await page(fx.moderator, cursor)
    expect(ops(meanwhile)).toEqual([`put ${later.id}`])
    await slow.query('commit')
    slow.release()
    const after = await page(fx.moderator, meanwhile.cursor)
    expect(ops(after).toSorted()).toEqual([`put ${id}`, `put ${later.id}`].toSorted())
  })

  test('a cursor of another history starts a full read', async () => {
    const { id } = await fx.submit(db)
    const result = await page(fx.moderator, '99999999999.0@d/')
    expect(result.reset).toBe(true)
    expect(ops(result)).toEqual([`put ${id}`])
  })
})

describe('a queue longer than a phone keeps', () => {
  test('a phone gets 500 submissions in pages of 25, marked partial, and later ones fill the places that become free', async () => {
    const ids = await fill(520)
    const opening = await page(fx.moderator, null)
    expect([opening.changes.length, opening.left]).toEqual([25, 475])
    expect((await page(fx.moderator, opening.cursor)).left).toBe(450)
    const first = await follow(fx.moderator)
    expect([...first.rows.keys()]).toEqual(ids.slice(0, 500))
    expect(first.partial).toBe(true)

    await close(ids.slice(0, 15))
    const second = await follow(fx.moderator, first)
    expect([...second.rows.keys()].toSorted()).toEqual(ids.slice(15, 515).toSorted())
    expect(second.partial).toBe(true)

    await db.pool.query(`update app.submissions set version = version + 1 where id = any ($1)`, [
      ids.slice(515),
    ])
    expect((await page(fx.moderator, second.cursor)).changes).toEqual([]) // behind the 500th submission, hence outside this phone's copy
    await close(ids.slice(15, 40))
    const third = await follow(fx.moderator, second)
    expect([...third.rows.keys()].toSorted()).toEqual(ids.slice(40).toSorted())
    expect(third.partial).toBe(false)
    expect(third.rows).toEqual((await follow(fx.moderator)).rows)
  })

  test('two concurrent decisions free two places for the next submissions', async () => {
    const ids = await fill(503)
    const first = await follow(fx.moderator)
    const both = [await db.pool.connect(), await db.pool.connect()]
    for (const [index, client] of both.entries()) {
      await client.query('begin')
      await client.query(`update app.submissions set state = 'rejected' where id = $1`, [ids[index]])
    }
    for (const client of both) {
      await client.query('commit')
      client.release()
    }
    const { rows } = await follow(fx.moderator, first)
    expect([...rows.keys()].toSorted()).toEqual(ids.slice(2, 502).toSorted())
  })
})
