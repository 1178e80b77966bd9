/**
 * What a call reads must not grow with what stands before its page. Counts the buffers of calls among 20,000
 * submissions, deep in their lists, on a connection whose plans are generic already.
 */
import type pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Registry } from '@/features/jornadas/registration'
import type { StaffRegistry } from '@/domain/registry'
import { type Actor, anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
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

test('the words of many rows are those that an op would write', async () => {
  const words = `select w.submission_id, tsvector_to_array(strip(w.words)) as words, w.arrival
    from app.submission_search w where w.arrival % 997 = 0 order by 1`
  const { rows: written } = await client.query<{ submission_id: string }>(words)
  expect(written.length).toBeGreaterThan(15)
  const ids = [written.map((row) => row.submission_id)]
  await client.query('begin')
  await client.query(
    `select app.write_search(p.submission_id, p.body, to_jsonb(p) || '{"part": "none"}')
     from app.propuestas p where p.submission_id = any ($1)`,
    ids,
  )
  await client.query(
    `select app.write_search(v.submission_id, v.title || ' ' || v.summary, jsonb_build_object('part', v.pillar))
     from app.videos v where v.submission_id = any ($1)`,
    ids,
  )
  expect((await client.query(words)).rows).toEqual(written)
  await client.query('rollback')
})

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
    const call =
      'app.queue_page(row(array(select id from app.convocatorias), $1, null, null, null, null), null, $2, $3, $4)'
    for (const share of [0, 0.5, 0.95]) {
      const [at, id] = share
        ? (await positionAt(share, 'received_at', 'true')).split('~')
        : ['-infinity', NIL]
      expect(await buffersOf(owner, call, [states, at, id, false])).toBeLessThan(250)
      expect(await buffersOf(owner, call, [states, at ?? null, id, true])).toBeLessThan(250)
    }
  })

  test.each([
    ['a municipality', { municipality: '15033' }],
    ['a sector that most have', { sector: 'estudiante' }],
    ['a sector that none has', { sector: 'empresa' }],
    ['a municipality and what most are', { municipality: '15033', sector: 'estudiante', helps: 'yes' }],
    ['what helps', { helps: 'yes' }],
    ['late ones', { late: 'true' }],
    ['late ones first', { order: 'late' }],
    ['those due first', { order: 'due' }],
    ['the newest', { order: 'newest' }],
    ['the caller’s', { only: 'mine' }],
    ['nobody’s', { only: 'unassigned' }],
    ['the caller’s of a municipality', { only: 'mine', municipality: '15033' }],
  ])('the queue of %s', async (_, filter) => {
    const call = 'public.review_queue(p_filter => $1, p_states => $2)'
    for (const states of [null, ['received', 'in_review', 'accepted'], ['rejected']])
      expect(await buffersOf(fx.moderator, call, [filter, states])).toBeLessThan(6000)
  })

  test.each([
    ['a rare word', 'ajolote', 1200],
    ['an unknown word', 'xyzzyqwk', 300],
    ['a folio', 'PR-2026-1000500-0', 200],
    ['a word that most submissions hold', 'participación', 4000],
    ['two frequent words', 'biblioteca transporte', 4000],
  ])('a search for %s', async (_, typed, limit) => {
    const read = await buffersOf(fx.moderator, 'public.review_queue(p_search => $1)', [typed])
    expect(read).toBeLessThan(limit)
    const open = 'public.review_queue(p_search => $1, p_states => $2)'
    expect(await buffersOf(fx.moderator, open, [typed, ['received', 'in_review']])).toBeLessThan(limit)
  })

  test('the board of a consultation, of videos and of jornadas, once a job has counted their rows', async () => {
    await client.query('begin')
    await client.query('select app.count_figures()')
    await client.query('commit')
    const read = (id: string) => buffersOf(fx.coordinator, 'public.campaign_board($1)', [id])
    expect(await read(fx.OPEN)).toBeLessThan(6_000)
    expect(await read(VIDEOS)).toBeLessThan(6_000)
    expect(await read(jx.JORNADAS)).toBeLessThan(6_000)
  })

  test.each<[string, string | null, string | null]>([
    ['every status', null, null],
    ['a status that most have', null, 'waiting'],
    ['a status that none has', null, 'offered'],
    ['a status that none of the day has', jx.DAY, 'attended'],
    ['a day', jx.DAY, null],
  ])('a page of registrations of %s', async (_, day, status) => {
    const call = `app.registration_page(array(select id from app.convocatorias where kind = 'jornadas'), null, $1, $2, $3, $4)`
    for (const share of [0, 0.5, 0.95]) {
      const [at, id] = share
        ? (await positionAt(share, 'received_at', `kind = 'jornadas'`)).split('~')
        : ['-infinity', NIL]
      const read = await buffersOf(owner, call, [day, status, at, id])
      expect(read).toBeLessThan(300)
    }
  })

  test('a place far back in a waiting list, and the seats that a day has left', async () => {
    const last = `(select s from app.seats s where s.jornada_id = $1 order by s.position desc limit 1)`
    expect(await buffersOf(owner, `app.waiting_place(${last})`, [jx.DAY])).toBeLessThan(40)
    const day = `(select j from app.jornadas j where j.id = $1)`
    expect(await buffersOf(owner, `app.seats_left(${day})`, [jx.DAY])).toBeLessThan(20)
  })

  test('a place in a waiting list is exact up to 1,000 and never too good behind them', async () => {
    const places = `select app.waiting_place(s) as place, row_number() over (order by s.position)::int as exact
      from app.seats s where s.jornada_id = $1 and s.status = 'waiting' order by s.position`
    await client.query('begin')
    await client.query(`delete from app.seats where jornada_id = $1 and position % 400 = 59`, [jx.DAY])
    const { rows } = await client.query<{ place: number; exact: number }>(places, [jx.DAY])
    await client.query('rollback')
    expect(rows.length).toBeGreaterThan(1900)
    expect(rows.slice(0, 1000).every(({ place, exact }) => place === exact)).toBe(true)
    expect(rows.slice(1000).every(({ place, exact }) => place >= exact)).toBe(true)
    expect(rows.at(-1)!.place).toBeGreaterThan(rows.at(-1)!.exact)
  })

  test('a page of the door’s list', async () => {
    const call = 'public.door_list($1, $2, 50)'
    const at = async (position: number) => buffersOf(fx.coordinator, call, [jx.DAY, position])
    expect(await at(1_000_000)).toBeLessThan(600)
    expect(await at(1_000_000 + ROWS * 0.9)).toBeLessThan(600)
  })
})

describe('the registry of bodies', () => {
  const part = async (within: string | null) =>
    (await client.query<{ answer: Registry }>('select public.list_bodies($1) as answer', [within])).rows[0]!
      .answer
  const add = (count: number, name: string) =>
    client.query(
      `insert into app.sujetos_obligados (name, class_key)
       select $2 || n, 'sindicato' from generate_series(1, $1::int) n`,
      [count, name],
    )
  beforeEach(() => client.query('begin'))
  afterEach(() => client.query('rollback'))

  test('up to 2,000 bodies are one answer, the same as for phones that know no parts', async () => {
    const whole = await part(null)
    expect(whole.items.length).toBeGreaterThan(100)
    expect(await part('')).toEqual(whole)
  })

  test.each([
    [3_000, 16],
    [40_000, 256],
  ])(
    'of %i bodies no answer but that of older phones is large, and the parts are all',
    async (count, parts) => {
      await add(count, 'Sindicato ')
      const first = await part('')
      expect(first.items).toEqual([])
      expect(first.parts).toHaveLength(parts)
      const answers = []
      for (const within of first.parts!) answers.push((await part(within)).items)
      expect(Math.max(...answers.map((items) => items.length))).toBeLessThan(400)
      const ids = (items: { id: string }[]) => items.map(({ id }) => id).sort()
      expect(ids(answers.flat())).toEqual(ids((await part(null)).items))
    },
  )

  test('a new body changes one part and the address of none', async () => {
    await add(3_000, 'Sindicato ')
    const { parts } = await part('')
    const read = () => Promise.all(parts!.map(part))
    const before = await read()
    await add(1, 'Un sindicato más ')
    expect((await part('')).parts).toEqual(parts)
    const changed = (await read()).filter((one, n) => JSON.stringify(one) !== JSON.stringify(before[n]))
    expect(changed).toHaveLength(1)
  })

  test('a part that is none is refused', async () => {
    await expect(part('x')).rejects.toMatchObject({ message: 'malformed_op' })
  })
})

/** Last in the file: its bodies stay. */
describe('the registry as staff read it in parts', () => {
  const part = (p_within: string) =>
    callAs(db, fx.coordinator, 'list_registry', { p_within }) as Promise<StaffRegistry>
  const add = (count: number, name: string) =>
    client.query(
      `insert into app.sujetos_obligados (name, class_key, active)
       select $2 || n, 'sindicato', n % 10 > 0 from generate_series(1, $1::int) n`,
      [count, name],
    )
  const allNames = async () =>
    (await client.query<{ id: string; name: string }>('select id, name from app.sujetos_obligados')).rows
  let parts: string[]
  beforeAll(async () => {
    for (const name of ['Órgano ', 'Ñuu savi ', 'ZÚÑIGA ', 'agua ']) await add(800, name)
    parts = (await part('')).parts!
  })

  test('every body stands once in them, retired ones too, with its name as it is written', async () => {
    expect(parts).toHaveLength(16)
    expect((await part('')).items).toEqual([])
    const items = (await Promise.all(parts.map(part))).flatMap((one) => one.items)
    const keyOf = ({ id, name }: { id: string; name: string }) => `${id} ${name}`
    expect(items.map(keyOf).sort()).toEqual((await allNames()).map(keyOf).sort())
    expect(items.filter(({ active }) => !active).length).toBeGreaterThan(300)
  })

  test('a body that stays stands once, whatever is added and deleted between two parts', async () => {
    const before = (await allNames()).map(({ id }) => id)
    const seen: string[] = []
    for (const [at, within] of parts.entries()) {
      seen.push(...(await part(within)).items.map(({ id }) => id))
      await add(5, `Nuevo ${at} `)
      await client.query(
        `delete from app.sujetos_obligados where id in (select b.id from app.sujetos_obligados b
           where b.name like 'agua %' order by md5(b.id::text || $1) limit 5)`,
        [within],
      )
    }
    const stayed = new Set((await allNames()).map(({ id }) => id))
    expect(new Set(seen).size).toBe(seen.length)
    expect(before.filter((id) => stayed.has(id) && !seen.includes(id))).toEqual([])
  })

  test('a part reads its own bodies and their registrations, and no others', async () => {
    const call = 'public.list_registry($1)'
    for (const within of ['0', '7', 'f']) {
      const read = await buffersOf(fx.coordinator, call, [within])
      const { length } = (await part(within)).items
      expect(read).toBeLessThan(4 * length + 50) // of each its row, and the index of its registrations
    }
  })

  test('the parts are for staff alone, and one that is none is refused', async () => {
    for (const actor of [anon, fx.stranger])
      expect(await fx.outcome(callAs(db, actor, 'list_registry', { p_within: '0' }))).not.toBe('ok')
    await expect(part('0g')).rejects.toMatchObject({ message: 'malformed_op' })
  })
})
