/**
 * What a call reads must not grow with what stands before its page. Counts the buffers of calls among 20,000
 * submissions, deep in their lists, on a connection whose plans are generic already.
 */
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Actor, anon, createTestDatabase, type TestDatabase } from '../support/database'
import { addManyRows } from '../support/manyRows'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

const ROWS = 20_000
const VIDEOS = '00000000-0000-4000-8000-0000000000c2'
const NIL = '00000000-0000-0000-0000-000000000000'
const owner = { role: 'postgres', sub: undefined }

let db: TestDatabase
let client: pg.PoolClient
beforeAll(async () => {
  db = await createTestDatabase()
  client = await db.pool.connect()
  await addManyRows(client, ROWS)
})
afterAll(async () => {
  client.release()
  await db.drop()
})

interface Plan {
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
}

/** The buffers that a call reads when its plans have become generic. */
async function buffersOf(actor: Actor | typeof owner, call: string, args: unknown[]): Promise<number> {
  const claims = JSON.stringify({ ...actor, session_id: actor.sub })
  await client.query('begin')
  await client.query(`select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)`, [
    actor.role,
    claims,
  ])
  for (let i = 0; i < 7; i++) await client.query(`select ${call}`, args)
  const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
    `explain (analyze, buffers, format json) select ${call}`,
    args,
  )
  await client.query('rollback')
  const plan = rows[0]!['QUERY PLAN'][0]!.Plan
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
}

/** The `p_after` of the row at this share of a list. */
async function positionAt(share: number, column: string, where: string): Promise<string> {
  const { rows } = await client.query<{ key: string }>(
    `select app.page_key(${column}, id) as key from (select s.*, percent_rank() over (order by ${column}) as place
       from app.submissions s where ${where}) s where place >= $1 order by place limit 1`,
    [share],
  )
  return rows[0]!.key
}

describe('a page deep in a list reads as much as the first one', () => {
  test.each([
    ['propuestas', 'published_propuestas', fx.HISTORIC],
    ['videos', 'published_videos', VIDEOS],
  ])('published %s', async (_, fn, campaign) => {
    const where = `state = 'published' and convocatoria_id = '${campaign}'`
    const call = `public.${fn}($1, $2)`
    const first = await buffersOf(anon, call, [campaign, null])
    const deep = await buffersOf(anon, call, [campaign, await positionAt(0.1, 'published_at', where)])
    expect(first).toBeGreaterThan(50)
    expect(first).toBeLessThan(1100)
    expect(deep).toBeLessThan(first + 50)
  })

  test.each([
    ['all states', null],
    ['open submissions', ['received', 'in_review']],
    ['a state that none has', ['in_review']],
    ['decided ones', ['rejected', 'accepted']],
  ])('the queue of %s', async (_, states) => {
    const call = 'app.queue_page(array(select id from app.convocatorias), $1, $2, $3, null)'
    for (const share of [0, 0.5, 0.95]) {
      const [at, id] = share
        ? (await positionAt(share, 'received_at', 'true')).split('~')
        : ['-infinity', NIL]
      expect(await buffersOf(owner, call, [states, at, id])).toBeLessThan(250)
    }
  })

  test.each([
    ['a rare word', 'ajolote', 1200],
    ['an unknown word', 'xyzzyqwk', 300],
    ['a folio', 'PR-2026-1000500-0', 200],
  ])('a search for %s', async (_, typed, limit) => {
    const read = await buffersOf(fx.moderator, 'public.review_queue(p_search => $1)', [typed])
    expect(read).toBeLessThan(limit)
  })

  test('a page of the door’s list', async () => {
    const call = 'public.door_list($1, $2, 50)'
    const at = async (position: number) => buffersOf(fx.coordinator, call, [jx.DAY, position])
    expect(await at(1_000_000)).toBeLessThan(600)
    expect(await at(1_000_000 + ROWS * 0.9)).toBeLessThan(600)
  })
})
