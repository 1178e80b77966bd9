/** `pull_changes`: a client receives everything it may see, in order, and misses nothing. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { PullAnswer, PullRequest, PullResult } from '@/domain/pull'
import type { Convocatoria, Insumo, Municipalities, Notice, SubmissionRow } from '@/domain/rows'
import { anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import { follow, fullRead, pull, pullOne } from './reader'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const row = <T>(result: PullResult, entity: string, id: string) =>
  result.changes.find((change) => change.entity === entity && change.id === id && change.op === 'put') as
    { row: T } | undefined
const ops = (result: PullResult) => result.changes.map(({ entity, id, op }) => `${op} ${entity} ${id}`)
const addInsumos = (count: number) =>
  db.pool.query(
    `insert into app.insumos (convocatoria_id, position, title, summary, body)
     select $1, (select max(position) from app.insumos) + n, 'T', 'S', 'B' from generate_series(1, $2::int) n`,
    [fx.OPEN, count],
  )

describe('the first pull', () => {
  test('the first pull of scope public returns every entity that a phone needs offline', async () => {
    const result = await pullOne(db, { scope: 'public', cursor: null })
    expect(result).toMatchObject({ scope: 'public', status: 'ok', reset: true, more: false })
    expect(result.cursor).toMatch(/^\d+\.0$/)
    const campaign = row<Convocatoria>(result, 'convocatoria', fx.OPEN)!.row
    expect(campaign).toMatchObject({
      slug: 'cultura-de-gobierno-abierto',
      kind: 'propuestas',
      notice_id: fx.NOTICE,
    })
    expect(campaign.parts).toHaveLength(11)
    expect(campaign.parts.filter(({ kind }) => kind === 'action')).toHaveLength(8)
    expect(campaign.milestones.map(({ title }) => title)).toEqual([
      'Publicación de insumos',
      'Recepción de propuestas',
      'Resultados',
      'Estrategia renovada',
      'Inicio de la estrategia',
    ])
    expect(row<Notice>(result, 'notice', fx.NOTICE)!.row.consents.map(({ key }) => key)).toEqual([
      'political_opinions',
      'publish',
      'voice',
    ])
    expect(row<Municipalities>(result, 'catalog', 'municipalities')!.row.items).toHaveLength(125)
    expect(
      row<Insumo>(result, 'insumo', '00000000-0000-4000-8000-0000000000b1')!.row.body.length,
    ).toBeGreaterThan(1000)
  })

  test('the pages of a first pull share one watermark, and a change made meanwhile follows them', async () => {
    await addInsumos(450)
    const first = await pullOne(db, { scope: 'public', cursor: null })
    expect(first.changes).toHaveLength(200)
    expect(first).toMatchObject({ reset: true, more: true })
    expect(first.cursor).toMatch(/^\d+\.0@insumo\/[0-9a-f-]{36}$/)
    const seen = first.changes.at(-1)!.id // one of the 450: the ids of the seed are the lowest
    await db.pool.query(`update app.insumos set title = 'Cambió' where id = $1`, [seen])
    const second = await pullOne(db, { scope: 'public', cursor: first.cursor })
    expect(second).toMatchObject({ reset: false, more: true })
    const third = await pullOne(db, { scope: 'public', cursor: second.cursor })
    expect(third).toMatchObject({ reset: false, more: false })
    expect(third.cursor).toBe(`${first.cursor.split('@')[0]}`)
    const ids = [first, second, third].flatMap(({ changes }) =>
      changes.map(({ entity, id }) => `${entity}/${id}`),
    )
    expect(new Set(ids).size).toBe(ids.length)
    const after = await pullOne(db, { scope: 'public', cursor: third.cursor })
    expect(row<Insumo>(after, 'insumo', seen)!.row.title).toBe('Cambió')
    await db.pool.query('delete from app.insumos where title in ($1, $2)', ['T', 'Cambió'])
  })

  test('a pull of scope mine returns one row for the right secret and denies every other request alike', async () => {
    const { id, secret, row: mine } = await fx.submit(db)
    const answer = await pull(db, [
      { scope: 'mine', id, secret, cursor: null },
      { scope: 'mine', id, secret: fx.newSecret(), cursor: null },
      { scope: 'mine', id: randomUUID(), secret, cursor: '7.1' },
      { scope: 'mine', id: 'no es un id', secret, cursor: null },
      { scope: 'mine', id, cursor: null } as unknown as PullRequest,
    ])
    expect(answer.pulls[0]).toMatchObject({ scope: 'mine', id, status: 'ok', reset: true, more: false })
    expect(answer.pulls[0]!.changes).toEqual([{ entity: 'submission', id, op: 'put', row: mine }])
    for (const denied of answer.pulls.slice(1)) {
      expect(denied).toMatchObject({
        scope: 'mine',
        status: 'denied',
        changes: [],
        reset: false,
        more: false,
      })
    }
  })
})

describe('later pulls', () => {
  const start = async (request: PullRequest) => (await fullRead(db, request)).cursor

  test('a pull without changes returns an empty page', async () => {
    const cursor = await start({ scope: 'public', cursor: null })
    expect(await pullOne(db, { scope: 'public', cursor })).toMatchObject({
      reset: false,
      more: false,
      changes: [],
    })
  })

  test('a row that changed several times is returned once, with its last value', async () => {
    const cursor = await start({ scope: 'public', cursor: null })
    for (const title of ['A', 'B', 'C'])
      await db.pool.query('update app.convocatorias set title = $2 where id = $1', [fx.OPEN, title])
    const result = await pullOne(db, { scope: 'public', cursor })
    expect(ops(result)).toEqual([`put convocatoria ${fx.OPEN}`])
    expect(row<Convocatoria>(result, 'convocatoria', fx.OPEN)!.row.title).toBe('C')
  })

  test.each([
    ['milestones', `update app.milestones set note = 'Otra' where convocatoria_id = $1`],
    ['topics', `update app.topics set title = title || '.' where convocatoria_id = $1`],
    ['parts', `update app.parts set body = body || '.' where convocatoria_id = $1`],
  ])('a change of %s changes the row of their convocatoria', async (_, sql) => {
    const cursor = await start({ scope: 'public', cursor: null })
    await db.pool.query(sql, [fx.OPEN])
    expect(ops(await pullOne(db, { scope: 'public', cursor }))).toEqual([`put convocatoria ${fx.OPEN}`])
  })

  test('an update that changes nothing is not a change', async () => {
    const cursor = await start({ scope: 'public', cursor: null })
    await db.pool.query('update app.convocatorias set title = title')
    await db.pool.query('update app.insumos set title = title')
    expect((await pullOne(db, { scope: 'public', cursor })).changes).toEqual([])
  })

  test('a deleted row is removed', async () => {
    await addInsumos(1)
    const { rows } = await db.pool.query(`select id from app.insumos where title = 'T'`)
    const cursor = await start({ scope: 'public', cursor: null })
    await db.pool.query('delete from app.insumos where id = $1', [rows[0].id])
    expect(ops(await pullOne(db, { scope: 'public', cursor }))).toEqual([`remove insumo ${rows[0].id}`])
  })

  test('unpublishing a campaign removes all its rows, and publishing it returns them', async () => {
    const cursor = await start({ scope: 'public', cursor: null })
    await db.pool.query('update app.convocatorias set published = false where id = $1', [fx.OPEN])
    const gone = await pullOne(db, { scope: 'public', cursor })
    expect(gone.changes).toHaveLength(5) // its notice stays: somebody answered it
    expect(gone.changes.every(({ op }) => op === 'remove')).toBe(true)
    expect(JSON.stringify(await fullRead(db, { scope: 'public', cursor: null }))).not.toContain(fx.OPEN)
    await db.pool.query('update app.convocatorias set published = true where id = $1', [fx.OPEN])
    const back = await pullOne(db, { scope: 'public', cursor: gone.cursor })
    expect(back.changes.map(({ op }) => op)).toEqual(Array(6).fill('put'))
    expect(ops(back)).toContain(`put notice ${fx.NOTICE}`)
  })

  test('a draft is visible to nobody', async () => {
    const cursor = await start({ scope: 'public', cursor: null })
    await db.pool.query(
      `insert into app.convocatorias (slug, kind, title, summary, question, who_decides, what_happens_next, opens_at, closes_at, answer_by, notice_id)
       select 'borrador', kind, 'Secreto', summary, question, who_decides, what_happens_next, opens_at, closes_at, answer_by, notice_id
       from app.convocatorias where id = $1`,
      [fx.OPEN],
    )
    expect(JSON.stringify(await pullOne(db, { scope: 'public', cursor }))).not.toContain('Secreto')
    expect(JSON.stringify(await callAs(db, anon, 'bootstrap'))).not.toContain('Secreto')
  })

  test('a decision reaches its author, and an undone decision disappears', async () => {
    const { id, secret } = await fx.submit(db)
    const scope = { scope: 'mine', id, secret } as const
    let { cursor } = await pullOne(db, { ...scope, cursor: null })
    const item = await fx.decide(db, fx.moderator, id, 'reject', {
      reason_code: 'off_topic',
      message: 'No trata del tema.',
    })
    const told = await pullOne(db, { ...scope, cursor })
    expect(row<SubmissionRow>(told, 'submission', id)!.row).toMatchObject({
      state: 'rejected',
      messages: [{}, {}, { text: 'No trata del tema.', reason_code: 'off_topic' }],
    })
    cursor = told.cursor
    await fx.applyOne(db, fx.moderator, fx.op('review.undo', id, { event_id: item.events.at(-1)!.id }))
    const undone = row<SubmissionRow>(await pullOne(db, { ...scope, cursor }), 'submission', id)!.row
    expect(undone.state).toBe('in_review')
    expect(JSON.stringify(undone)).not.toContain('No trata del tema.')
  })

  test('a new answer date reaches the authors', async () => {
    const { id, secret } = await fx.submit(db)
    const { cursor } = await pullOne(db, { scope: 'mine', id, secret, cursor: null })
    await db.pool.query('update app.convocatorias set answer_by = answer_by + 1 where id = $1', [fx.OPEN])
    expect(ops(await pullOne(db, { scope: 'mine', id, secret, cursor }))).toEqual([`put submission ${id}`])
  })

  test('a new number of published propuestas changes the convocatoria', async () => {
    const { id } = await fx.submit(db)
    const cursor = await start({ scope: 'public', cursor: null })
    await fx.decide(db, fx.moderator, id, 'accept')
    expect((await pullOne(db, { scope: 'public', cursor })).changes).toEqual([])
    await fx.decide(db, fx.moderator, id, 'publish')
    const result = await pullOne(db, { scope: 'public', cursor })
    expect(row<Convocatoria>(result, 'convocatoria', fx.OPEN)!.row.published_count).toBe(1)
  })

  test('more than 500 changes are returned in pages', async () => {
    const cursor = await start({ scope: 'public', cursor: null })
    await addInsumos(750)
    const first = await pullOne(db, { scope: 'public', cursor })
    expect(first).toMatchObject({ more: true, reset: false })
    expect(first.changes).toHaveLength(500)
    const second = await pullOne(db, { scope: 'public', cursor: first.cursor })
    expect(second).toMatchObject({ more: false })
    expect(second.changes).toHaveLength(250)
    await db.pool.query(`delete from app.insumos where title = 'T'`)
  })
})

describe('invalid cursors', () => {
  test.each(['', 'x', '1', '1.2.3', '-1.0', '1.0@', '99999999999999999999.0', '1.0@insumo'])(
    'the invalid cursor %j starts a full read',
    async (cursor) => {
      expect(await pullOne(db, { scope: 'public', cursor })).toMatchObject({ reset: true })
    },
  )

  test('a cursor above the newest transaction starts a full read, and the newest valid cursor does not', async () => {
    const { rows } = await db.pool.query('select pg_snapshot_xmax(pg_current_snapshot())::text as xmax')
    const above = BigInt(rows[0].xmax) + 1000n
    expect(await pullOne(db, { scope: 'public', cursor: `${above}.0` })).toMatchObject({ reset: true })
    expect(await pullOne(db, { scope: 'public', cursor: `${above}.0@insumo/${randomUUID()}` })).toMatchObject(
      { reset: true },
    )
    const { cursor } = await fullRead(db, { scope: 'public', cursor: null })
    expect(await pullOne(db, { scope: 'public', cursor })).toMatchObject({ reset: false })
  })

  test('a cursor older than the pruned log starts a full read, and a later one continues', async () => {
    const { cursor: old } = await fullRead(db, { scope: 'public', cursor: null })
    await db.pool.query(`update app.convocatorias set title = title || '.' where id = $1`, [fx.OPEN])
    const { cursor: fresh } = await pullOne(db, { scope: 'public', cursor: old })
    await db.pool.query(`update app.change_log set at = now() - interval '30 days 1 second'`)
    expect(await callAs(db, service, 'run_due_jobs')).toMatchObject({ log_pruned: expect.any(Number) })
    expect((await db.pool.query('select from app.change_log')).rowCount).toBe(0)
    expect(await pullOne(db, { scope: 'public', cursor: old })).toMatchObject({ reset: true })
    expect(await pullOne(db, { scope: 'public', cursor: fresh })).toMatchObject({ reset: false, changes: [] })
  })

  test('the job keeps changes younger than 30 days in the log', async () => {
    await db.pool.query(`update app.convocatorias set title = title || '.' where id = $1`, [fx.OPEN])
    await db.pool.query(`update app.change_log set at = now() - interval '29 days 23 hours'`)
    await callAs(db, service, 'run_due_jobs')
    expect((await db.pool.query('select from app.change_log')).rowCount).toBeGreaterThan(0)
  })

  test('the epoch stays the same until the owner begins a new one', async () => {
    const { epoch } = await pull(db, [])
    expect((await pull(db, [])).epoch).toBe(epoch)
    await db.pool.query('select app.begin_epoch()')
    expect((await pull(db, [])).epoch).not.toBe(epoch)
  })

  test('a new epoch skips folio numbers that may have been used after the backup', async () => {
    const next = async () => {
      const { rows } = await db.pool.query<{ n: string }>(`select nextval('app.folio_numbers') n`)
      return Number(rows[0]!.n)
    }
    const before = await next()
    await db.pool.query('select app.begin_epoch()')
    expect(await next()).toBeGreaterThan(before + 100_000)
  })

  test('two databases have different epochs', async () => {
    const other = await createTestDatabase()
    expect((await pull(other, [])).epoch).not.toBe((await pull(db, [])).epoch)
    await other.drop()
  })
})

describe('the log of a submission', () => {
  const logged = async (id: string) =>
    (
      await db.pool.query<{ scope: string; times: number }>(
        `select l.scope, count(*)::int as times from app.change_log l where l.id = $1
         group by l.xid, l.scope order by l.xid, l.scope`,
        [id],
      )
    ).rows
  const once = (id: string) => [
    { scope: `mine:${id}`, times: 1 },
    { scope: `staff:${fx.OPEN}`, times: 1 },
  ]

  test('a transaction logs each submission that it changes once for its author and once for its staff', async () => {
    const { id } = await fx.submit(db)
    expect(await logged(id)).toEqual(once(id))
    await fx.decide(db, fx.moderator, id, 'accept') // an event of review, one of acceptance, a new state
    expect(await logged(id)).toEqual([...once(id), ...once(id)])
  })

  test('a change that follows a rolled back one in the same transaction is logged', async () => {
    const { id } = await fx.submit(db)
    const touch = 'update app.submissions set version = version + 1 where id = $1'
    const client = await db.pool.connect()
    await client.query('begin; savepoint one')
    await client.query(touch, [id])
    await client.query('rollback to one')
    await client.query(touch, [id])
    await client.query('commit')
    client.release()
    expect(await logged(id)).toEqual([...once(id), ...once(id)])
  })
})

describe('concurrent writers', () => {
  test('changes after an open transaction are held back, and all are returned once it commits', async () => {
    const slow = new pg.Client({ connectionString: db.url })
    await slow.connect()
    const { cursor } = await fullRead(db, { scope: 'public', cursor: null })
    await slow.query('begin')
    await slow.query(`update app.convocatorias set title = 'Lento' where id = $1`, [fx.OPEN])
    await db.pool.query(`update app.convocatorias set title = 'Rápido' where id = $1`, [fx.HISTORIC])
    await db.pool.query(`update app.change_log set at = at - interval '40 seconds'`)
    const meanwhile = await pull(db, [{ scope: 'public', cursor }])
    expect(meanwhile.pulls[0]!.changes).toEqual([])
    expect(meanwhile.watermark_age).toBeGreaterThan(39)
    await slow.query('commit')
    await slow.end()
    const after = await pull(db, [{ scope: 'public', cursor: meanwhile.pulls[0]!.cursor }])
    expect(ops(after.pulls[0]!).sort()).toEqual(
      [`put convocatoria ${fx.OPEN}`, `put convocatoria ${fx.HISTORIC}`].sort(),
    )
    expect(after.watermark_age).toBe(0)
  })

  test('after concurrent writes, every reader’s copy equals the tables', async () => {
    const stop = { done: false }
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      const client = new pg.Client({ connectionString: db.url })
      await client.connect()
      for (let i = 0; i < 25; i++) {
        await client.query('begin')
        const { rows } = await client.query<{ id: string }>(
          `insert into app.insumos (convocatoria_id, position, title, summary, body) values ($1, $2, 'W', '0', '0') returning id`,
          [fx.OPEN, 10_000 + writer * 1000 + i],
        )
        await client.query('select pg_sleep($1)', [Math.random() * 0.03])
        await client.query(`update app.insumos set summary = $2 where id = $1`, [rows[0]!.id, String(i)])
        if (i % 5 === 0) await client.query(`delete from app.insumos where id = $1`, [rows[0]!.id])
        await client.query(i % 7 === 0 ? 'rollback' : 'commit')
      }
      await client.end()
    })
    const readers = Array.from({ length: 3 }, () => follow(db, stop))
    await Promise.all(writers)
    stop.done = true
    const truth = await fullRead(db, { scope: 'public', cursor: null })
    for (const base of await Promise.all(readers)) expect(base).toEqual(truth.base)
  }, 60_000)
})

describe('limits of a request', () => {
  test('a scope that is asked for twice in one call is rejected, so that a small call cannot read all that is public fifty times', async () => {
    const open = { scope: 'public', cursor: null } as const
    expect(await fx.outcome(pull(db, [open]))).toBe('ok')
    expect(await fx.outcome(pull(db, [open, { ...open, cursor: '1.0' }]))).toBe('PT400 malformed_op')
    expect(
      await fx.outcome(
        pull(
          db,
          Array.from({ length: 50 }, () => open),
        ),
      ),
    ).toBe('PT400 malformed_op')
  })

  test('a request with 50 scopes is answered in order and one with 51 is rejected', async () => {
    const mine = Array.from({ length: 51 }, (): PullRequest => ({
      scope: 'mine',
      id: randomUUID(),
      secret: 's',
      cursor: null,
    }))
    const { pulls } = await pull(db, mine.slice(1))
    expect(pulls.map(({ id }) => id)).toEqual(mine.slice(1).map((request) => (request as { id: string }).id))
    expect(await fx.outcome(pull(db, mine))).toBe('PT413 batch_too_large')
  })

  test.each([['"x"'], ['{}'], ['[7]'], ['[{"scope": "staff"}]'], ['[{}]']])(
    'the body %s is rejected as a malformed request',
    async (body) => {
      expect(
        await fx.outcome(
          callAs(db, anon, 'pull_changes', { pulls: JSON.parse(body) }) as Promise<PullAnswer>,
        ),
      ).toMatch(/^PT400|^22/)
    },
  )
})
