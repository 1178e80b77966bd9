/** The demonstration: open today whatever the day, never in a real institution's place. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Bootstrap, Convocatoria, Insumo } from '@/domain/rows'
import { phaseOf } from '@/domain/campaign'
import { SUPABASE_FOLDER } from '../../supabase/local/database'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import { fullRead } from './reader'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const SEED = readFileSync(path.join(SUPABASE_FOLDER, 'seed.sql'), 'utf8')
const seedAgain = async () => {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    await client.query(SEED)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
const campaign = async (id: string) =>
  (await fullRead(db, { scope: 'public', cursor: null })).base[`convocatoria/${id}`] as Convocatoria
const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000

test('the landing shows what is open, coming and closed', async () => {
  const { institution, convocatorias, now } = (await callAs(db, anon, 'bootstrap')) as Bootstrap
  expect(institution).toMatchObject({
    name: 'Instituto de ejemplo',
    demo_label: 'Demostración: texto sin validez',
  })
  expect(convocatorias.map((one) => [one.slug, one.kind, phaseOf(one, new Date(now))])).toEqual([
    ['jornadas-de-transparencia-proactiva', 'jornadas', 'coming'],
    ['videos-por-el-gobierno-abierto', 'videos', 'coming'],
    ['cultura-de-gobierno-abierto', 'propuestas', 'open'],
    ['consulta-noviembre-2021', 'propuestas', 'closed'],
  ])
})

test('a second run changes nothing that phones would have to read', async () => {
  const before = await fullRead(db, { scope: 'public', cursor: null })
  await seedAgain()
  const after = await fullRead(db, { scope: 'public', cursor: before.cursor }, {})
  expect(after.base).toEqual({})
})

test('run on any day of two months, the calendar is open that day and keeps the distances and weekdays of the minutes', async () => {
  for (let day = 0; day < 61; day += 3) {
    const today = new Date(Date.UTC(2027, 2, 1 + day, 18)).toISOString()
    await fx.setClock(db, today)
    await seedAgain()
    const demo = await campaign(fx.OPEN)
    expect([today, phaseOf(demo, new Date(today))]).toEqual([today, 'open'])
    const opens = demo.opens_at.slice(0, 10)
    expect(new Date(`${opens}T12:00:00Z`).getUTCDay()).toBe(4)
    expect(days(opens, demo.milestones[0]!.on!)).toBe(-1)
    expect(demo.milestones.slice(1, 4).map(({ on }) => days(opens, on!))).toEqual([0, 13, 22])
    expect(days(opens, demo.milestones[1]!.until!)).toBe(8)
    expect(days(opens, demo.results_on!)).toBe(13)
    expect(demo.milestones[4]!.on).toBeNull()
  }
  await fx.setClock(db, null)
  await seedAgain()
})

test('the consultation of the minutes has their dates, closed and labelled', async () => {
  const historic = await campaign(fx.HISTORIC)
  expect(historic.label).toBe('Recreación a partir del acta del 28 de octubre de 2021')
  expect(historic.milestones.map(({ on, until }) => [on, until])).toEqual([
    ['2021-11-03', null],
    ['2021-11-04', '2021-11-12'],
    ['2021-11-17', null],
    ['2021-11-26', null],
    [null, null],
  ])
  expect(new Date(historic.closes_at)).toEqual(new Date('2021-11-12T23:59:59-06:00'))
})

test('every insumo is long enough to be worth reading', async () => {
  const { base } = await fullRead(db, { scope: 'public', cursor: null })
  const insumos = Object.entries(base)
    .filter(([key]) => key.startsWith('insumo/'))
    .map(([, row]) => row as Insumo)
  expect(insumos).toHaveLength(5)
  for (const { title, body } of insumos)
    expect([title, body.split(/\s+/).length > 200]).toEqual([title, true])
})

test('demo staff can sign in with their passwords', async () => {
  const { rows } = await db.pool.query(
    `select u.email, u.encrypted_password = extensions.crypt(split_part(u.email, '@', 1) || '-demo', u.encrypted_password) as opens,
       i.provider from auth.users u join auth.identities i on i.user_id = u.id order by 1`,
  )
  expect(rows).toEqual(
    ['administracion', 'auditoria', 'coordinacion', 'moderadora'].map((name) => ({
      email: `${name}@demo.example`,
      opens: true,
      provider: 'email',
    })),
  )
})

test('it refuses to run over a real institution', async () => {
  await db.pool.query('update app.institution set demo_label = null')
  await expect(seedAgain()).rejects.toThrow('real institution')
})
