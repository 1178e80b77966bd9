/** The demonstration data: open on any date, and never loaded over a real institution. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JornadaDetails } from '@/features/jornadas/registration'
import type { Bootstrap, Convocatoria, Insumo } from '@/domain/rows'
import { phaseOf } from '@/domain/campaign'
import { SUPABASE_FOLDER } from '../../supabase/local/database'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import { fullRead } from './reader'
import { VIDEOS } from './videoFixtures'

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

test('the demonstration has open and closed campaigns of every kind', async () => {
  const { institution, convocatorias, now } = (await callAs(db, anon, 'bootstrap')) as Bootstrap
  expect(institution).toMatchObject({
    name: 'Instituto de ejemplo',
    demo_label: 'Demostración: texto sin validez',
  })
  expect(convocatorias.map((one) => [one.slug, one.kind, phaseOf(one, new Date(now))])).toEqual([
    ['cultura-de-gobierno-abierto', 'propuestas', 'open'],
    ['videos-por-el-gobierno-abierto', 'videos', 'open'],
    ['jornadas-de-transparencia-proactiva', 'jornadas', 'open'],
    ['consulta-noviembre-2021', 'propuestas', 'closed'],
    ['jornadas-2021-2022', 'jornadas', 'closed'],
    ['plan-de-difusion-2021', 'videos', 'closed'],
  ])
})

test('a second run of the seed changes nothing that phones would pull', async () => {
  const before = await fullRead(db, { scope: 'public', cursor: null })
  await seedAgain()
  const after = await fullRead(db, { scope: 'public', cursor: before.cursor }, {})
  expect(after.base).toEqual({})
})

test('a seed run on any day of two months opens the consultation that day and keeps the intervals of the minutes', async () => {
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
    expect(phaseOf(await campaign(VIDEOS), new Date(today))).toBe('open')
  }
  await fx.setClock(db, null)
  await seedAgain()
})

test('the historic consultation has the dates of the minutes, is closed and is labelled', async () => {
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

const detailsOf = async (id: string) => (await campaign(id)).details as JornadaDetails

test('the historic jornadas have the order, days and first hour of the minutes, and nothing that the minutes lack', async () => {
  const { groups, jornadas } = await detailsOf('00000000-0000-4000-8000-0000000000c5')
  expect(groups.map(({ class_keys }) => class_keys)).toEqual([
    [
      'poder_ejecutivo',
      'poder_legislativo',
      'poder_judicial',
      'organo_autonomo',
      'partido_politico',
      'sindicato',
    ],
    ['ayuntamiento', 'opdapas', 'dif_municipal'],
  ])
  const surnames = ['Vilchis', 'Mejía Ayala', 'Morales Martínez', 'Parra Noriega', 'Ramírez Peña']
  const days = ['2021-11-04', '2021-11-09', '2021-11-12', '2021-11-16', null].concat([
    '2022-02-03',
    '2022-02-08',
    '2022-02-10',
    '2022-02-15',
    null,
  ])
  expect(jornadas.map(({ on_day }) => on_day)).toEqual(days)
  jornadas.forEach((jornada, i) => {
    expect(jornada.speaker).toContain(surnames[i % 5])
    const first = i % 5 === 0
    expect(jornada.starts_at && new Date(jornada.starts_at)).toEqual(
      first ? new Date(`${days[i]}T13:30:00-06:00`) : null,
    )
    const { ends_at, place, modality, capacity, sample } = jornada
    expect({ ends_at, place, modality, capacity, sample }).toEqual({
      ends_at: null,
      place: null,
      modality: null,
      capacity: null,
      sample: false,
    })
  })
})

test('the demonstration’s jornadas are labelled samples in the future, on the weekdays of the minutes, with one day to be confirmed', async () => {
  const { jornadas } = await detailsOf('00000000-0000-4000-8000-0000000000c3')
  expect(jornadas.every(({ sample, speaker }) => sample && speaker.startsWith('Ponente de ejemplo'))).toBe(
    true,
  )
  expect(jornadas.map(({ on_day }) => on_day && new Date(`${on_day}T12:00:00Z`).getUTCDay())).toEqual([
    4,
    2,
    5,
    2,
    1,
    4,
    2,
    4,
    2,
    null,
  ])
  for (const { starts_at } of jornadas.slice(0, 9))
    expect(new Date(starts_at!).getTime()).toBeGreaterThan(Date.now() + 7 * 86_400_000)
  expect(
    jornadas.slice(0, 9).map(({ capacity, seats_left }) => [capacity, seats_left]),
    'empty days, and what is published of them',
  ).toEqual([
    [10, 1],
    [10, 1],
    [25, 10],
    [100, 60],
    [10, 1],
    [10, 1],
    [2, 1],
    [100, 60],
    [10, 1],
  ])
})

test('the seed does not move a day that a coordinator has rescheduled', async () => {
  const id = '00000000-0000-4000-8000-0000000b3205'
  await db.pool.query(`update app.jornadas set on_day = '2030-01-01', sequence = 1 where id = $1`, [id])
  await seedAgain()
  const { jornadas } = await detailsOf('00000000-0000-4000-8000-0000000000c3')
  expect(jornadas.at(-1)).toMatchObject({ id, on_day: '2030-01-01' })
})

test('the historic call for videos is closed and labelled, and states nothing that the minutes lack', async () => {
  const historic = await campaign('00000000-0000-4000-8000-0000000000c6')
  expect(historic.label).toBe('Recreación a partir del acta del 28 de octubre de 2021')
  expect(historic.milestones.map(({ on, until }) => [on, until])).toEqual([
    [null, null],
    [null, null],
    [null, null],
  ])
  expect(historic.details).toBeNull()
})

test('every insumo of the seed has more than 200 words', async () => {
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
    ['administracion', 'auditoria', 'coordinacion', 'moderadora', 'puerta'].map((name) => ({
      email: `${name}@demo.example`,
      opens: true,
      provider: 'email',
    })),
  )
})

test('the seed refuses to run over a real institution', async () => {
  await db.pool.query('update app.institution set demo_label = null')
  await expect(seedAgain()).rejects.toThrow('real institution')
})
