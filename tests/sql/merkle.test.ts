/** The transparency log in the database: its leaves, its order, its heads, and what stays when a person is erased. */
import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { HeadFile } from '@/domain/publicLog'
import { hashesIn, isExtension, isIncluded } from '../../supabase/functions/_shared/signed/merkle'
import { readHead, readStep, stepLeaf } from '../../supabase/functions/_shared/signed/publicLog'
import { anon, createTestDatabase, type TestDatabase } from '../support/database'
import { pathByHand, proofByHand, rootByHand } from '../support/merkle'
import * as fx from './fixtures'
import { growTo, KEYS, leafOf, leaves, noon, proofOf, sequence, sign } from './merkleFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await sequence(db)
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
const scalar = async <T>(sql: string, values: unknown[] = []) =>
  (await db.pool.query<{ v: T }>(`select (${sql}) as v`, values)).rows[0]!.v
const nextDay = (days: number) => noon(db, days)
const EVENT = "select app.record_event($1, 'system', 'in_review', 'received', 'in_review')"
/** Whether each step of a proof stands under its head. */
const holds = (proof: Awaited<ReturnType<typeof proofOf>>) => {
  const head = readHead(proof.head!.text)!
  return proof.steps.map((step) =>
    isIncluded(stepLeaf(step.text, step.salt)!, step.position, head, hashesIn(step.proof)!),
  )
}

describe('the tree', () => {
  test('roots, inclusion and consistency of every size to 70 are those of the definition', async () => {
    await growTo(db, 70)
    const all = (await leaves(db)).map(bytes)
    const { rows } = await db.pool.query<{ n: number; root: string; m: number; path: string; proof: string }>(
      `select n, encode(app.merkle_root(0, n), 'hex') as root, m,
         app.base64url(app.merkle_path(m, 0, n)) as path, app.base64url(app.merkle_consistency(m, n)) as proof
       from generate_series(1, 70) n, lateral (values (0), (n / 3), (n / 2), (n - 1)) v (m)`,
    )
    for (const { n, root, m, path, proof } of rows) {
      const first = all.slice(0, n)
      expect(root).toBe(hex(rootByHand(first)))
      expect(hashesIn(path)!.map(hex)).toEqual(pathByHand(m, first).map(hex))
      expect(hashesIn(proof)!.map(hex)).toEqual(m === 0 ? [] : proofByHand(m, first).map(hex))
    }
  })

  test('a tree of 300 leaves keeps its subtrees of 16 and 256, and every proof of it holds', async () => {
    await growTo(db, 300)
    const { rows } = await db.pool.query<{ level: number; n: number }>(
      'select level, count(*)::int as n from app.merkle_nodes group by level order by level',
    )
    expect(rows).toEqual([
      { level: 4, n: 18 },
      { level: 8, n: 1 },
    ])
    const all = (await leaves(db)).map(bytes)
    const root = bytes(await scalar<string>(`encode(app.merkle_root(0, 300), 'hex')`))
    expect(hex(root)).toBe(hex(rootByHand(all)))
    const paths = await db.pool.query<{ p: number; path: string }>(
      'select p, app.base64url(app.merkle_path(p, 0, 300)) as path from generate_series(0, 299, 7) p',
    )
    for (const { p, path } of paths.rows)
      expect(isIncluded(all[p]!, p, { size: 300, root }, hashesIn(path)!)).toBe(true)
  })

  test.each(['merkle_leaves', 'merkle_nodes', 'merkle_heads'])('%s is append-only', async (table) => {
    await sequence(db)
    await nextDay(0)
    if (table === 'merkle_heads') await sign(db)
    const column = table === 'merkle_heads' ? 'root' : 'hash'
    for (const sql of [
      `update app.${table} set ${column} = ${column}`,
      `delete from app.${table}`,
      `truncate app.${table}`,
    ])
      await expect(db.pool.query(sql)).rejects.toMatchObject({ code: '55000' })
  })
})

describe('sequencing', () => {
  test('each event becomes one leaf, equal to the one that a phone computes from text and salt', async () => {
    await nextDay(1)
    const one = await fx.submit(db)
    const { events, version } = await fx.decide(db, fx.moderator, one.id, 'accept')
    const undo = { event_id: events.at(-1)!.id }
    await fx.applyOne(db, fx.moderator, fx.op('review.undo', one.id, undo, { expected_version: version }))
    await fx.decide(db, fx.moderator, one.id, 'reject', {
      reason_code: 'off_topic',
      message: 'No es el tema.',
    })
    expect((await proofOf(db, one)).waiting).toBeGreaterThanOrEqual(2)
    await sequence(db)
    expect(await sequence(db)).toBe(0)
    await nextDay(2)
    expect(await sign(db)).toMatchObject({ head: true })
    const proof = await proofOf(db, one)
    const all = await leaves(db)
    expect(proof.steps.map(leafOf)).toEqual(proof.steps.map(({ position }) => all[position]))
    expect(holds(proof)).toEqual(proof.steps.map(() => true))
    const steps = proof.steps.map(({ text }) => readStep(text)!)
    expect(steps[0]).toMatchObject({
      folio: one.row.folio,
      kind: 'received',
      source: 'author',
      to: 'received',
    })
    expect(
      steps.map(({ kind }) => kind),
      'without the decision that was taken back',
    ).not.toContain('accept')
    expect(steps.at(-1)).toMatchObject({
      kind: 'reject',
      source: 'staff',
      to: 'rejected',
      reason: 'off_topic',
      message: createHash('sha256').update('No es el tema.').digest('hex'),
    })
    expect([proof.waiting, proof.erased]).toEqual([0, false])
  })

  test('the first event that a database ever recorded has its leaf, although the job ran before it', async () => {
    expect(await scalar('select count(*)::int from app.merkle_leaves where event_seq = 1')).toBe(1)
  })

  test('an event that commits after later ones were sequenced gets its leaf with the next run', async () => {
    await sequence(db)
    const [late, early] = [await fx.submit(db), await fx.submit(db)]
    await sequence(db)
    const client = await db.pool.connect()
    const numbers = `select max(e.seq) from app.review_events e where e.submission_id = $1`
    try {
      await client.query('begin')
      await client.query(EVENT, [late.id])
      await db.pool.query(EVENT, [early.id])
      for (let run = 0; run < 3; run++) await sequence(db)
      await client.query('commit')
    } finally {
      client.release()
    }
    expect(await scalar(`(${numbers}) < (${numbers.replace('$1', '$2')})`, [late.id, early.id])).toBe(true)
    expect(await sequence(db)).toBe(1)
    const leafs = 'select count(*)::int from app.merkle_leaves where event_seq = ('
    expect(await scalar(`(${leafs}${numbers}))`, [late.id])).toBe(1)
    for (let run = 0; run < 2; run++) await sequence(db)
    expect(await scalar('select settled = marked from app.merkle_state')).toBe(true)
  })

  test('of two runs at a time one works and the other leaves; no event gets two leaves, no position is left out', async () => {
    for (let more = 0; more < 5; more++) await fx.submit(db)
    const before = await scalar<number>('app.merkle_size()::int')
    const counts = await Promise.all([sequence(db), sequence(db), sequence(db)])
    const after = await scalar<number>('app.merkle_size()::int')
    expect(after).toBe(before + counts.reduce((sum, one) => sum + one, 0))
    await sequence(db)
    expect(await scalar('select count(*) = max(position) + 1 from app.merkle_leaves')).toBe(true)
  })

  test('recording an event waits for no run of the job', async () => {
    const client = await db.pool.connect()
    try {
      await client.query('begin')
      await client.query("set local lock_timeout = '1ms'; select app.sequence_events()")
      const one = await fx.submit(db)
      expect(await fx.decide(db, fx.moderator, one.id, 'accept')).toMatchObject({ state: 'accepted' })
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})

describe('heads', () => {
  test('a day has one head, with every step of the days before, that names the head before and extends it', async () => {
    const files = new Map<string, string>()
    const one = await fx.submit(db)
    await sequence(db)
    await nextDay(10)
    expect(await sign(db, files)).toMatchObject({ head: true })
    expect(await sign(db, files)).toMatchObject({ head: false, files: 0 })
    await nextDay(11)
    await db.pool.query(EVENT, [one.id])
    expect(await sign(db, files)).toMatchObject({ head: true }) // what came today may wait for tomorrow
    await nextDay(12)
    expect(await sign(db, files)).toMatchObject({ head: false }) // what came yesterday has no leaf yet
    await sequence(db)
    expect(await sign(db, files)).toMatchObject({ head: true, files: 1 })
    const [ultimo, ...days] = [...files].sort().reverse()
    expect(ultimo![0]).toBe('log-public/ultimo.json')
    expect(ultimo![1]).toBe(days[0]![1])
    const heads = days.map(([, text]) => JSON.parse(text) as HeadFile).reverse()
    expect(heads.length).toBeGreaterThanOrEqual(3)
    heads.slice(1).forEach(({ text, consistency }, at) => {
      const [older, newer] = [readHead(heads[at]!.text)!, readHead(text)!]
      expect(newer.previous).toEqual({ day: older.day, size: older.size, root: older.root })
      expect(isExtension(older, newer, hashesIn(consistency)!) || older.size === newer.size).toBe(true)
    })
    const proof = await proofOf(db, one, readHead(heads[0]!.text)!.size)
    expect(holds(proof)).toEqual([true, true])
    expect(
      isExtension(readHead(heads[0]!.text)!, readHead(proof.head!.text)!, hashesIn(proof.consistency)!),
    ).toBe(true)
  })

  test('no head is made in the first ten minutes of a day', async () => {
    await sequence(db)
    const midnight = await scalar<string>(
      `((app.local_day(now()) + 20)::timestamp at time zone 'America/Mexico_City')::text`,
    )
    await fx.setClock(
      db,
      await scalar<string>(`($1::timestamptz + interval '9 minutes 59 seconds')::text`, [midnight]),
    )
    expect(await sign(db)).toMatchObject({ head: false })
    await fx.setClock(db, await scalar<string>(`($1::timestamptz + interval '10 minutes')::text`, [midnight]))
    expect(await sign(db)).toMatchObject({ head: true })
  })

  test('a day without its head is late once the next one begins, and so is a head without its file', async () => {
    const late = () => scalar<boolean>('app.is_log_late()')
    await nextDay(22)
    await sign(db)
    await nextDay(23)
    expect(await late()).toBe(false)
    await nextDay(24)
    expect(await late()).toBe(true)
    await sign(db)
    expect(await late()).toBe(false)
    await db.pool.query(
      'update app.merkle_heads set filed_at = null where day = (select max(day) from app.merkle_heads)',
    )
    await fx.setClock(db, await scalar<string>(`(app.now() + interval '11 minutes')::text`))
    expect(await late()).toBe(true)
    await sign(db)
    expect(await late()).toBe(false)
  })

  test('the function signs nothing over a history that was rewritten behind its back', async () => {
    await nextDay(30)
    await db.pool.query(`alter table app.merkle_leaves disable trigger user`)
    await db.pool.query(
      `update app.merkle_leaves set hash = sha256(hash) where position = app.merkle_size() - 1`,
    )
    expect(await sign(db)).toEqual({
      status: 500,
      message: expect.stringContaining('does not extend') as string,
    })
    await db.pool.query('alter table app.merkle_heads disable trigger user')
    await db.pool.query(`update app.merkle_heads h set root = app.merkle_root(0, h.size),
      text = replace(text, encode(h.root, 'hex'), encode(app.merkle_root(0, h.size), 'hex'))
      where h.day = (select max(day) from app.merkle_heads)`)
    expect(await sign(db), 'nor over a head that it did not sign').toMatchObject({ status: 500 })
    expect(await sign(db, undefined, { ...KEYS, '2027-01-01': '02'.repeat(32) })).toMatchObject({
      status: 500,
    })
  })
})

describe('erasure', () => {
  test('with what its author wrote the salt goes; no leaf changes, and nobody can open those any more', async () => {
    await db.pool.query('alter table app.merkle_leaves enable trigger user')
    await fx.setClock(db, null)
    const [gone, other] = [await fx.submit(db), await fx.submit(db)]
    const withdrawal = fx.op(
      'submission.withdraw',
      gone.id,
      {},
      { secret: gone.secret, expected_version: gone.row.version },
    )
    expect(await fx.applyOne(db, anon, withdrawal)).toMatchObject({ status: 'applied' })
    await sequence(db)
    const before = await leaves(db)
    const salts = 'select count(*)::int from app.merkle_salts where submission_id = $1'
    expect(await scalar(`(${salts})`, [gone.id])).toBe(1)
    await nextDay(32)
    await db.pool.query('select app.finish_withdrawals(), app.erase_withdrawn()')
    expect([await scalar(`(${salts})`, [gone.id]), await scalar(`(${salts})`, [other.id])]).toEqual([0, 1])
    const proof = await proofOf(db, gone)
    expect([proof.steps, proof.erased]).toEqual([[], true])
    expect((await leaves(db)).slice(0, before.length)).toEqual(before)
    await db.pool.query(EVENT, [gone.id])
    expect(await sequence(db)).toBeGreaterThan(0)
    expect(await scalar(`(${salts})`, [gone.id]), 'a later event makes no salt').toBe(0)
  })
})
