/** `apply_ops`: an op has one effect and one lasting verdict, and a poison op harms no other op. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Op, Verdict } from '@/domain/ops'
import type { SubmissionRow } from '@/domain/rows'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const newSubmit = async (rest: Partial<Op> = {}) =>
  fx.op('propuesta.submit', randomUUID(), await fx.propuesta(db), { secret: fx.newSecret(), ...rest })
const brief = (verdict: Verdict) => ('code' in verdict ? `${verdict.status} ${verdict.code}` : verdict.status)
const count = async (table: string) =>
  Number((await db.pool.query(`select count(*) from app.${table}`)).rows[0].count)

describe('receipts', () => {
  test('a repeated op returns the same folio and has no second effect', async () => {
    const op = await newSubmit()
    const first = await fx.applyOne(db, anon, op)
    const before = await count('submissions')
    expect(await fx.applyOne(db, anon, op)).toEqual(first)
    expect(await count('submissions')).toBe(before)
  })

  test('a known op_id returns its stored verdict even if payload, kind and entity have changed', async () => {
    const op = await newSubmit()
    const first = await fx.applyOne(db, anon, op)
    const body = 'Otro texto, también suficientemente largo.'
    expect(await fx.applyOne(db, anon, { ...op, payload: { ...(op.payload as object), body } })).toEqual(
      first,
    )
    expect(await fx.applyOne(db, anon, { ...op, kind: 'submission.withdraw' })).toEqual(first)
    expect(await fx.applyOne(db, anon, { ...op, entity_id: randomUUID(), payload: 7 })).toEqual(first)
  })

  test('an op_id that comes again with another content is counted by its kind, for administrators', async () => {
    const altered = async () =>
      (
        (await callAs(db, fx.admin, 'job_faults')) as { altered: { kind: string; times: number }[] }
      ).altered.map(({ kind, times }) => `${kind} ${times}`)
    await db.pool.query('delete from app.altered_replays')
    const op = await newSubmit()
    await fx.applyOne(db, anon, op)
    await fx.applyOne(db, anon, op)
    await fx.applyOne(db, anon, { ...op, secret: fx.newSecret(), captured_at: '2026-01-02T10:00:00.000Z' })
    expect(await altered()).toEqual([])
    await fx.applyOne(db, anon, { ...op, payload: {} })
    await fx.applyOne(db, anon, { ...op, entity_id: randomUUID() })
    const kinds = Array.from({ length: 20 }, (_, i) => ({ ...op, kind: `kind.${i}` }))
    await fx.apply(db, anon, ...kinds)
    expect(await altered()).toEqual(['propuesta.submit 2', 'unknown 20'])
    await db.pool.query('update app.op_receipts set payload_hash = null where op_id = $1', [op.op_id])
    await fx.applyOne(db, anon, { ...op, payload: {} })
    expect(await altered()).toEqual(['propuesta.submit 2', 'unknown 20'])
  })

  test('counting an altered op never waits for another call, and never changes the verdict', async () => {
    const op = await newSubmit()
    const first = await fx.applyOne(db, anon, op)
    const other = await db.pool.connect()
    try {
      await other.query('begin')
      await other.query("select app.note_altered_replay('propuesta.submit')")
      expect(await fx.applyOne(db, anon, { ...op, payload: {} })).toEqual(first)
    } finally {
      await other.query('rollback')
      other.release()
    }
  })

  test('a client of this database gets past the xid in a verdict that another database wrote', async () => {
    const op = await newSubmit()
    await fx.applyOne(db, anon, op)
    const foreign = `update app.op_receipts set verdict = verdict || '{"xid": "999999999999"}' where op_id = $1`
    await db.pool.query(foreign, [op.op_id])
    const told = await fx.applyOne(db, anon, op)
    const { rows } = await db.pool.query('select pg_snapshot_xmax(pg_current_snapshot())::text as xmax')
    expect(BigInt(told.status === 'applied' ? told.xid : -1)).toBeLessThan(BigInt(rows[0].xmax))
  })

  test('a replay returns the transaction of the latest change to the row it shows', async () => {
    const op = await newSubmit()
    const first = await fx.applyOne(db, anon, op)
    await fx.decide(db, fx.coordinator, op.entity_id, 'accept', { decision: 'accept', message: null })
    const { rows } = await db.pool.query(
      'select xid::text from app.change_log where scope = $1 order by app.change_log.xid desc limit 1',
      [`mine:${op.entity_id}`],
    )
    expect(first).not.toMatchObject(rows[0])
    expect(await fx.applyOne(db, anon, op)).toMatchObject({ row: { version: 2 }, ...rows[0] })
  })

  test('a replay returns the row only with the author’s secret', async () => {
    const op = await newSubmit()
    const first = await fx.applyOne(db, anon, op)
    expect(await fx.applyOne(db, anon, { ...op, secret: fx.newSecret() })).toEqual({ ...first, row: null })
  })

  test('a refusal is permanent: a repeated op is refused even when its cause is gone', async () => {
    const op = fx.op('propuesta.submit', randomUUID(), await fx.propuesta(db, { municipality: '15999' }), {
      secret: fx.newSecret(),
    })
    expect(brief(await fx.applyOne(db, anon, op))).toBe('refused municipality_unknown')
    await db.pool.query(`insert into app.municipalities values ('15999', 'Nuevo')`)
    expect(brief(await fx.applyOne(db, anon, op))).toBe('refused municipality_unknown')
    await db.pool.query(`delete from app.municipalities where cve = '15999'`)
  })

  test('an op that a batch contains twice is applied once', async () => {
    const op = await newSubmit()
    const [first, second] = await fx.apply(db, anon, op, op)
    expect(second).toEqual(first)
  })

  test('twenty connections that send one op at the same time cause one effect and get one verdict', async () => {
    const op = await newSubmit()
    const before = await count('submissions')
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => fx.applyOne(db, anon, op)))
    const settled = verdicts.filter(({ status }) => status !== 'retry')
    expect(new Set(settled.map((verdict) => JSON.stringify(verdict))).size).toBe(1)
    expect(await count('submissions')).toBe(before + 1)
  })

  test('several ops of one author for the same submission create one row, even concurrently', async () => {
    const op = await newSubmit()
    const before = await count('submissions')
    const verdicts = await Promise.all(
      Array.from({ length: 8 }, () => fx.sendOne(db, anon, { ...op, op_id: randomUUID() })),
    )
    const folios = verdicts.map((verdict) =>
      verdict.status === 'applied' ? (verdict.row as SubmissionRow | null)?.folio : brief(verdict),
    )
    expect(new Set(folios).size).toBe(1)
    expect(await count('submissions')).toBe(before + 1)
  })

  test('another author’s op with the same entity id is refused without details', async () => {
    const op = await newSubmit()
    await fx.applyOne(db, anon, op)
    const other = { ...op, op_id: randomUUID(), secret: fx.newSecret() }
    expect(await fx.applyOne(db, anon, other)).toEqual({
      op_id: other.op_id,
      status: 'refused',
      code: 'submission_unknown',
    })
  })

  test('a verdict carries the xid of its rows in the change log', async () => {
    const op = await newSubmit()
    const verdict = await fx.applyOne(db, anon, op)
    const { rows } = await db.pool.query('select distinct xid::text from app.change_log where scope = $1', [
      `mine:${op.entity_id}`,
    ])
    expect(rows).toEqual([{ xid: verdict.status === 'applied' ? verdict.xid : null }])
  })
})

describe('batches', () => {
  test('a poison op between two valid ops harms neither', async () => {
    await db.pool.query(
      `create function app.explode(app.op) returns void language plpgsql as 'begin perform 1/0; end'`,
    )
    await db.pool.query(`insert into app.op_kinds values ('test.explode', 'citizen', 'explode')`)
    const poison = { ...(await newSubmit()), kind: 'test.explode' }
    const verdicts = await fx.apply(db, anon, await newSubmit(), poison, await newSubmit())
    expect(verdicts.map(brief)).toEqual(['applied', 'retry server_fault', 'applied'])
    const { rows } = await db.pool.query('select from app.op_receipts where op_id = $1', [poison.op_id])
    expect(rows).toEqual([])
  })

  test('a short text with a NUL character refuses only its op', async () => {
    const poison = fx.op('propuesta.submit', randomUUID(), await fx.propuesta(db, { body: 'a\u0000' }), {
      secret: fx.newSecret(),
    })
    const verdicts = await fx.apply(db, anon, await newSubmit(), poison, await newSubmit())
    expect(verdicts.map(brief)).toEqual(['applied', 'refused body_too_short', 'applied'])
    expect(verdicts[1]!.op_id).toBe(poison.op_id)
  })

  test('an empty batch returns no verdicts', async () => expect(await fx.apply(db, anon)).toEqual([]))

  test('a batch of 50 ops is accepted and a batch of 51 is rejected', async () => {
    const ops = Array.from({ length: 51 }, () => ({ op_id: randomUUID() }))
    expect(await fx.apply(db, anon, ...ops.slice(1))).toHaveLength(50)
    expect(await fx.outcome(fx.apply(db, anon, ...ops))).toBe('PT413 batch_too_large')
  })

  test('a body of 256 KB is accepted and one byte more is rejected', async () => {
    const frame = '{"ops":[""]}'.length
    expect(await fx.applyBody(db, anon, `{"ops":["${'a'.repeat(262_144 - frame)}"]}`)).toHaveLength(1)
    expect(await fx.outcome(fx.applyBody(db, anon, `{"ops":["${'a'.repeat(262_145 - frame)}"]}`))).toBe(
      'PT413 batch_too_large',
    )
  })

  test.each([
    '[]',
    '{}',
    '7',
    'null',
    '{"ops":7}',
    '{"ops":null}',
    '{"ops":{}}',
    '{"ops":[],"x":1}',
    '{"x":[]}',
  ])('the body %s is rejected as malformed', async (body) => {
    expect(await fx.outcome(fx.applyBody(db, anon, body))).toBe('PT400 malformed_op')
  })

  test('after 1.5 seconds of work apply_ops answers the remaining ops with retry', async () => {
    await db.pool.query(
      `create function app.doze(app.op) returns void language sql as 'select pg_sleep(0.8)'`,
    )
    await db.pool.query(`insert into app.op_kinds values ('test.doze', 'citizen', 'doze')`)
    const slow = async () => ({ ...(await newSubmit()), kind: 'test.doze' })
    const last = await newSubmit()
    const verdicts = await fx.apply(db, anon, await slow(), await slow(), last)
    expect(verdicts.map(brief)).toEqual(['applied', 'applied', 'retry busy'])
    expect(verdicts[2]).toEqual({ op_id: last.op_id, status: 'retry', after_ms: 0, code: 'busy' })
    expect(brief(await fx.applyOne(db, anon, last))).toBe('applied')
  })
})

describe('the op envelope', () => {
  /** The id of an op that has one, otherwise null. The verdict repeats exactly this value. */
  const readableId = (op: unknown) => (op as Partial<Op> | null)?.op_id ?? null

  test.each([
    ['a number', 7, 'malformed_op', undefined],
    ['null', null, 'malformed_op', undefined],
    ['an array', [], 'malformed_op', undefined],
    ['no op_id', { op_id: undefined }, 'malformed_op', 'op_id'],
    ['an op_id that is not a UUID', { op_id: 'abc' }, 'malformed_op', 'op_id'],
    ['no kind', { kind: undefined }, 'malformed_op', 'kind'],
    ['an unknown kind', { kind: 'propuesta.explode' }, 'unknown_kind', 'kind'],
    ['a function’s name as kind', { kind: 'now' }, 'unknown_kind', 'kind'],
    ['no version', { v: undefined }, 'malformed_op', 'v'],
    ['version 0', { v: 0 }, 'malformed_op', 'v'],
    ['a version of the future', { v: 2 }, 'unsupported_version', 'v'],
    ['an entity_id that is not a UUID', { entity_id: 'x' }, 'malformed_op', 'entity_id'],
    ['an instant that is not a timestamp', { captured_at: 'now' }, 'malformed_op', 'captured_at'],
    ['a payload that is a string', { payload: 'x' }, 'malformed_op', 'payload'],
    ['no secret', { secret: undefined }, 'malformed_op', 'secret'],
    ['a secret of 21 characters', { secret: 'a'.repeat(21) }, 'malformed_op', 'secret'],
    ['a secret that is a number', { secret: 7 }, 'malformed_op', 'secret'],
    ['an expected version that is a string', { expected_version: '1' }, 'malformed_op', 'expected_version'],
    ['an expected version below zero', { expected_version: -1 }, 'malformed_op', 'expected_version'],
  ])('an op with a malformed envelope (%s) is refused', async (_, change, code, field) => {
    const op =
      change !== null && typeof change === 'object' && !Array.isArray(change)
        ? { ...(await newSubmit()), ...change }
        : change
    const verdict = await fx.applyOne(db, anon, op)
    expect(verdict).toMatchObject({ op_id: readableId(op), status: 'refused', code, ...(field && { field }) })
  })

  test('a number that no SQL type can hold refuses only its op', async () => {
    const op = JSON.stringify(await newSubmit()).replace('"v":1', '"v":1e999999')
    const verdicts = await fx.applyBody(db, anon, `{"ops":[${op}]}`)
    expect(verdicts.map(brief)).toEqual(['refused malformed_op'])
  })

  test('an op with 3,000 nested arrays is refused and the call succeeds', async () => {
    const verdicts = await fx.applyBody(
      db,
      anon,
      `{"ops":[{"op_id":"${randomUUID()}","payload":${'['.repeat(3000)}${']'.repeat(3000)}}]}`,
    )
    expect(verdicts.map(brief)).toEqual(['refused malformed_op'])
  })
})

describe('locks', () => {
  async function connect() {
    const client = new pg.Client({ connectionString: db.url })
    await client.connect()
    return client
  }

  test('an op on a row that another transaction holds gets a retry, and is applied afterwards', async () => {
    const { id, secret } = await fx.submit(db)
    const holder = await connect()
    await holder.query('begin')
    await holder.query('select from app.submissions where id = $1 for update', [id])
    const op = fx.op('submission.withdraw', id, {}, { secret })
    const [held, other] = await fx.apply(db, anon, op, await newSubmit())
    expect([held, other].map((verdict) => brief(verdict!))).toEqual(['retry busy', 'applied'])
    await holder.query('rollback')
    await holder.end()
    expect(brief(await fx.applyOne(db, anon, op))).toBe('applied')
  })

  test('an op that a deadlock aborts gets a retry', async () => {
    const [a, b] = [await fx.submit(db), await fx.submit(db)]
    const withdraw = ({ id, secret }: fx.Sent) => fx.op('submission.withdraw', id, {}, { secret })
    const other = await connect()
    await other.query(`set deadlock_timeout = '10s'`).catch(() => undefined)
    await other.query('begin')
    await other.query('select from app.submissions where id = $1 for update', [b.id])
    const batch = fx.apply(db, anon, withdraw(a), withdraw(b))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const crossing = other.query('select from app.submissions where id = $1 for update', [a.id]).then(
      () => 'waited',
      () => 'killed',
    )
    const verdicts = await batch
    expect(verdicts.map(brief)[0]).toBe('applied')
    expect(['applied', 'retry busy']).toContain(verdicts.map(brief)[1])
    await crossing
    await other.query('rollback')
    await other.end()
    const again = await fx.apply(db, anon, withdraw(a), withdraw(b))
    expect(again.map(brief)).toEqual([
      'refused not_withdrawable',
      expect.stringMatching(/^(applied|refused not_withdrawable)$/),
    ])
  })

  test.each([
    ['40001', 'retry busy'],
    ['40P01', 'retry busy'],
    ['53200', 'retry busy'],
    ['55P03', 'retry busy'],
    ['57P03', 'retry busy'],
    ['23505', 'retry server_fault'],
    ['XX000', 'retry server_fault'],
    ['P0001', 'retry server_fault'],
  ])('SQLSTATE %s becomes “%s”, without a receipt', async (state, expected) => {
    await db.pool.query(
      `create or replace function app.raise_state(app.op) returns void language plpgsql as $$ begin
         raise exception using errcode = '${state}', message = 'ana@correo.mx'; end $$`,
    )
    await db.pool.query(
      `insert into app.op_kinds values ('test.raise', 'citizen', 'raise_state') on conflict do nothing`,
    )
    const op = { ...(await newSubmit()), kind: 'test.raise' }
    const verdict = await fx.applyOne(db, anon, op)
    expect(brief(verdict)).toBe(expected)
    expect(JSON.stringify(verdict)).not.toContain('ana')
    expect((await db.pool.query('select from app.op_receipts where op_id = $1', [op.op_id])).rowCount).toBe(0)
  })
})

test('the receipt of a refused op goes after a day, and that of an accepted one stays 180 days', async () => {
  const accepted = fx.op('propuesta.submit', randomUUID(), await fx.propuesta(db), { secret: fx.newSecret() })
  const junk = Array.from({ length: 40 }, () =>
    fx.op('propuesta.submit', randomUUID(), { convocatoria_id: 'x' }, { secret: fx.newSecret() }),
  )
  await fx.apply(db, anon, accepted, ...junk)
  const receipts = async () =>
    (
      await db.pool.query('select from app.op_receipts where op_id = any ($1)', [
        [accepted, ...junk].map(({ op_id }) => op_id),
      ])
    ).rowCount
  const afterDays = async (days: number) => {
    await fx.setClock(db, new Date(Date.now() + days * 86_400_000).toISOString())
    await db.pool.query('select app.prune_receipts()')
    return receipts()
  }
  expect(await afterDays(0.9)).toBe(41)
  expect(await afterDays(1.1)).toBe(1)
  expect(await afterDays(179)).toBe(1)
  expect(await afterDays(181)).toBe(0)
  await fx.setClock(db, null)
})
