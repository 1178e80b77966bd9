/** What two acts leave when they meet on one campaign: announced days, pauses, working copies, taking back, schedules. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { CampaignDraft } from '@/domain/campaignDraft'
import type { Convocatoria } from '@/domain/rows'
import * as cs from '../support/campaignSections'
import { callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await db.pool.query(
    `insert into app.sujetos_obligados (name, class_key) values ('Ayuntamiento de ejemplo', 'ayuntamiento')`,
  )
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const BEFORE = '2036-11-03T12:00:00-06:00'
const DURING = '2036-11-07T12:00:00-06:00'
const AFTER = '2036-11-16T12:00:00-06:00'
const at = (instant: string) => fx.setClock(db, instant)
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { message: string; detail?: string }) => [error.message, error.detail].filter(Boolean).join(' '),
  )
const draft = (id: string) =>
  callAs(db, fx.coordinator, 'convocatoria_draft', { p_id: id }) as Promise<CampaignDraft>
const sectionOf = async <T>(id: string, section: string) => {
  const found = (await draft(id)).sections.find((one) => one.section === section)!
  return { ...found, data: found.data as T }
}
const save = async (id: string, section: string, p_data: object) =>
  callAs(db, fx.coordinator, 'save_section', {
    p_id: id,
    p_section: section,
    p_expected_version: (await sectionOf(id, section)).version,
    p_data,
  })
const publish = async (id: string, more: object = {}) =>
  callAs(db, fx.coordinator, 'publish_convocatoria', {
    p_id: id,
    p_revision: (await draft(id)).revision,
    ...more,
  })
const act = async (name: string, id: string, more: object = {}) =>
  callAs(db, fx.coordinator, name, {
    p_id: id,
    p_version: (await draft(id)).version,
    p_reason: 'Lo pidió la comisión.',
    ...more,
  })
const takeBack = (id: string) =>
  callAs(db, fx.coordinator, 'withdraw_convocatoria', { p_id: id, p_reason: 'Faltaba algo.' })
const row = async (id: string) =>
  (await db.pool.query<{ row: Convocatoria }>('select app.convocatoria_row($1) as row', [id])).rows[0]!.row

/** A draft whose sections are whole, before its opening on 6 November 2036. */
async function written(kind: 'propuestas' | 'videos' | 'jornadas', sections: Record<string, object> = {}) {
  await at(BEFORE)
  const id = randomUUID()
  await callAs(db, fx.coordinator, 'create_convocatoria', { p_id: id, p_kind: kind })
  for (const [section, data] of Object.entries({ ...cs.wholeCampaign(kind), ...sections }))
    await save(id, section, data)
  return id
}

interface Day {
  id: string
  title: string
  speaker: string
  cancelled_at?: string
}
interface Days {
  days: Day[]
}
/** A published series of two groups with a day each. */
async function series() {
  const groups = [
    cs.grupos().groups[0]!,
    { id: randomUUID(), name: 'Fideicomisos', classes: ['fideicomiso'] },
  ]
  const days = groups.map(({ id, name }) => cs.jornadas(id, { title: name }).days[0]!)
  await db.pool.query(
    `insert into app.sujetos_obligados (name, class_key) values ('Fideicomiso de ejemplo', 'fideicomiso')
     on conflict do nothing`,
  )
  const id = await written('jornadas', { grupos: { groups }, jornadas: { days } })
  await publish(id)
  return { id, groups, days: days as (Day & Record<string, unknown>)[] }
}

/** Announces a change of a day: calls it off, or names another speaker. */
async function announce(day: string, change: object) {
  const { rows } = await db.pool.query<{ row: object; sequence: number }>(
    `select app.day_record(j) - 'cancelled_at' - 'title' as row, j.sequence from app.jornadas j where j.id = $1`,
    [day],
  )
  const payload = { ...rows[0]!.row, reason: 'La ponente enfermó.', ...change }
  const op = fx.op('jornada.reschedule', day, payload, { v: 2, expected_version: rows[0]!.sequence })
  expect(await fx.applyOne(db, fx.coordinator, op)).toMatchObject({ status: 'applied' })
}

describe('an announced day and what is being written', () => {
  test('days that are being written take the change, so that a copy leaves a cancelled day out', async () => {
    const { id, days } = await series()
    const added = { ...days[1]!, id: randomUUID(), title: 'Otra' }
    await save(id, 'jornadas', { days: [...days, added] })
    const { revision } = await draft(id)
    await announce(days[0]!.id, { cancelled: true })
    await announce(days[1]!.id, { speaker: 'Luis Gómez' })
    const { data } = await sectionOf<Days>(id, 'jornadas')
    expect(data.days.map(({ title, speaker, cancelled_at }) => [title, speaker, !!cancelled_at])).toEqual([
      ['Ayuntamientos', 'Irene Salgado', true],
      ['Fideicomisos', 'Luis Gómez', false],
      ['Otra', 'Irene Salgado', false],
    ])
    expect((await draft(id)).revision).toBeGreaterThan(revision)
    await announce(days[0]!.id, { cancelled: false })
    expect((await sectionOf<Days>(id, 'jornadas')).data.days[0]).not.toHaveProperty('cancelled_at')
    await announce(days[0]!.id, { cancelled: true })
    const p_id = randomUUID()
    await callAs(db, fx.coordinator, 'clone_convocatoria', { p_id, p_from: id, p_opens_on: '2037-11-06' })
    const copy = await sectionOf<Days>(p_id, 'jornadas')
    expect(copy.data.days.map(({ title }) => title)).toEqual(['Fideicomisos', 'Otra'])
  })

  test('a day that was called off stays called off when its campaign is taken back, written and published again', async () => {
    const { id, days } = await series()
    await announce(days[0]!.id, { cancelled: true })
    await db.pool.query(
      `insert into app.staff (user_id, role, name, convocatoria_id, jornada_id)
       select s.user_id, 'door', 'Voluntaria', $1, $2 from app.staff s where s.role = 'door' limit 1`,
      [id, days[0]!.id],
    )
    await takeBack(id)
    const { data } = await sectionOf<Days>(id, 'jornadas')
    await save(id, 'jornadas', { days: data.days.map((day) => ({ ...day, speaker: 'Luis Gómez' })) })
    await publish(id)
    const { rows } = await db.pool.query(
      `select j.cancelled_at is not null as is_off, j.sequence, j.speaker,
         (select count(*)::int from app.staff s where s.jornada_id = j.id) as door
       from app.jornadas j where j.convocatoria_id = $1 order by j.title`,
      [id],
    )
    expect(rows).toEqual([
      { is_off: true, sequence: 1, speaker: 'Luis Gómez', door: 1 },
      { is_off: false, sequence: 0, speaker: 'Luis Gómez', door: 0 },
    ])
  })

  test('a day that moves to another group while its own goes keeps its sequence, its cancellation and its door', async () => {
    const { id, groups, days } = await series()
    await announce(days[0]!.id, { cancelled: true })
    await db.pool.query(
      `insert into app.staff (user_id, role, name, convocatoria_id, jornada_id)
       select s.user_id, 'door', 'Voluntaria', $1, $2 from app.staff s where s.role = 'door' limit 1`,
      [id, days[0]!.id],
    )
    await takeBack(id)
    const { data } = await sectionOf<Days>(id, 'jornadas')
    await save(id, 'grupos', { groups: groups.slice(1) })
    await save(id, 'jornadas', { days: data.days.map((day) => ({ ...day, group_id: groups[1]!.id })) })
    await publish(id)
    const { rows } = await db.pool.query(
      `select j.cancelled_at is not null as is_off, j.sequence, j.group_id,
         (select count(*)::int from app.staff s where s.jornada_id = j.id) as door
       from app.jornadas j where j.convocatoria_id = $1 order by j.title`,
      [id],
    )
    expect(rows).toEqual([
      { is_off: true, sequence: 1, group_id: groups[1]!.id, door: 1 },
      { is_off: false, sequence: 0, group_id: groups[1]!.id, door: 0 },
    ])
  })

  test('registrations are not reopened for days that were all called off', async () => {
    const groups = cs.grupos()
    const days = cs.jornadas(groups.groups[0]!.id).days
    const id = await written('jornadas', {
      grupos: groups,
      jornadas: { days },
      fechas: cs.fechas({ results_on: null }),
    })
    await publish(id)
    await at(AFTER)
    const later = { p_closes_at: '2036-11-17T23:59:59-06:00' }
    await announce(days[0]!.id, { cancelled: true })
    expect(await refusal(act('reopen_convocatoria', id, later))).toBe('no_days_ahead closes_at')
    await announce(days[0]!.id, { cancelled: false })
    expect(await refusal(act('reopen_convocatoria', id, later))).toBe('ok')
  })
})

describe('a part of a public campaign that is taken out', () => {
  test('a group with public days stays', async () => {
    const { id, groups } = await series()
    expect(await refusal(save(id, 'grupos', { groups: groups.slice(1) }))).toBe('group_fixed groups')
  })

  test('a group goes with its days when the campaign was taken back', async () => {
    const { id, groups, days } = await series()
    await takeBack(id)
    await save(id, 'grupos', { groups: groups.slice(1) })
    await save(id, 'jornadas', { days: days.slice(1) })
    expect(await refusal(publish(id))).toBe('ok')
    const { details } = await row(id)
    expect(details).toMatchObject({ groups: [{ id: groups[1]!.id }], jornadas: [{ id: days[1]!.id }] })
  })

  test('a topic goes with its parts, and the next one takes its place', async () => {
    const [one, other] = [cs.estrategia(), cs.estrategia()]
    const renumbered = other.parts.map((part) => ({ ...part, number: `${part.number}-2` }))
    const whole = { topics: [...one.topics, ...other.topics], parts: [...one.parts, ...renumbered] }
    const id = await written('propuestas', { estrategia: whole })
    await publish(id)
    await save(id, 'estrategia', { topics: other.topics, parts: renumbered })
    expect(await refusal(publish(id))).toBe('ok')
    expect((await row(id)).topics).toEqual(other.topics)
    expect((await sectionOf<{ topics: object[] }>(id, 'estrategia')).data.topics).toEqual(other.topics)
    await save(id, 'estrategia', {
      ...whole,
      parts: [{ ...one.parts[0]!, title: 'Otra vez' }, ...renumbered],
    })
    expect(await refusal(publish(id))).toBe('ok')
    expect((await row(id)).topics).toEqual(whole.topics)
  })
})

test('an hour that was set and taken back is no part of the public history', async () => {
  const id = await written('videos')
  await publish(id)
  await takeBack(id)
  await publish(id, { p_at: '2036-11-04T09:00:00-06:00' })
  await callAs(db, fx.coordinator, 'withdraw_convocatoria', { p_id: id })
  await publish(id)
  expect((await row(id)).history!.map(({ kind, reason }) => [kind, reason])).toEqual([
    ['withdrawn', 'Faltaba algo.'],
  ])
})

test('a pause that the closing ended does not come back with a later closing', async () => {
  const id = await written('propuestas', { fechas: cs.fechas({ results_on: null }) })
  await publish(id)
  await at(DURING)
  await act('pause_convocatoria', id)
  await at(AFTER)
  await save(id, 'fechas', cs.fechas({ closes_at: '2036-11-25T23:59:59-06:00', results_on: null }))
  await publish(id, { p_reason: 'Se presentan otro día.' })
  expect(await row(id)).not.toHaveProperty('paused')
  expect((await draft(id)).paused).toBeNull()
})

test('a scheduled campaign that cannot be written stays a draft and stops neither others nor other jobs', async () => {
  const [bad, good] = [
    await written('videos', { textos: cs.textos({ source: 'Imposible' }) }),
    await written('videos'),
  ]
  await db.pool.query(
    `alter table app.convocatorias add constraint impossible check (source <> 'Imposible') not valid`,
  )
  for (const id of [bad, good]) await publish(id, { p_at: '2036-11-04T09:00:00-06:00' })
  await at('2036-11-04T09:00:00-06:00')
  expect(await callAs(db, service, 'run_due_jobs')).toMatchObject({ campaigns_published: 1 })
  expect(await row(good)).toMatchObject({ id: good })
  const { published, publish_at, events } = await draft(bad)
  expect([published, publish_at, events[0]!.kind]).toEqual([false, null, 'missed'])
  await db.pool.query('alter table app.convocatorias drop constraint impossible')
})
