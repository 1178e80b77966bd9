/** The log of what was done: who may read it, what a line says, its filters and its pages. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { LOG_AREAS, type LogPage } from '@/domain/log'
import { type Actor, anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const log = (actor: Actor, args: Record<string, unknown> = {}) =>
  callAs(db, actor, 'list_log', args) as Promise<LogPage>
const said = ({ items }: LogPage) => items.map(({ area, kind, actor }) => [area, kind, actor])
const WHY = { message: 'Nombra a María Pérez, que no lo autorizó.' }

test('only auditors and administrators read the log', async () => {
  for (const actor of [fx.moderator, fx.coordinator, fx.doorVolunteer, fx.stranger])
    expect(await fx.outcome(log(actor))).toBe('PT403 not_allowed')
  expect(await fx.outcome(log(anon))).toBe('42501')
  for (const actor of [fx.auditor, fx.admin]) expect((await log(actor)).items.length).toBeGreaterThan(0)
})

test('the lines of a folio say who did what, from which state to which, and no word of anybody', async () => {
  const sent = await fx.submit(db, { display_name: 'Ana Robles', email: 'ana.robles@correo.mx' })
  await fx.decide(db, fx.moderator, sent.id, 'accept_publish', WHY)
  await fx.decide(db, fx.coordinator, sent.id, 'take_back', WHY)
  const page = await log(fx.auditor, { p_folio: sent.row.folio })
  expect(said(page)).toEqual([
    ['submission', 'take_back', 'Coordinación de ejemplo'],
    ['submission', 'publish', 'Moderadora de ejemplo'],
    ['submission', 'accept', 'Moderadora de ejemplo'],
    ['submission', 'in_review', 'Moderadora de ejemplo'],
    ['submission', 'received', null],
  ])
  expect(page.items[0]).toMatchObject({
    about: sent.row.folio,
    submission_id: sent.id,
    source: 'staff',
    from: 'published',
    to: 'accepted',
    campaign: sent.row.convocatoria_title,
  })
  expect(page.items.at(-1)!.source).toBe('author')
  expect(JSON.stringify(page.items)).not.toMatch(/Ana Robles|correo\.mx|María Pérez/u)
  expect((await log(fx.auditor, { p_folio: 'PR-2026-999999-1' })).items).toEqual([])
})

test('the log also tells of campaigns, people and the institution', async () => {
  const { rows } = await db.pool.query<{ id: string }>(
    `insert into app.staff (user_id, role, name) values ($1, 'moderator', 'Nueva integrante') returning id`,
    [randomUUID()],
  )
  await db.pool.query('update app.staff set active = false where id = $1', [rows[0]!.id])
  await db.pool.query(
    `insert into app.convocatoria_events (convocatoria_id, actor_id, kind, version, changes, reason)
     values ($1, $2, 'paused', 2, '{"pausa": [null, null]}', 'Veda electoral')`,
    [fx.OPEN, fx.coordinator.sub],
  )
  await db.pool.query(
    `insert into app.institution_events (actor_id, version, changes) values ($1, 2, '{"help_text": ["", "x"]}')`,
    [fx.admin.sub],
  )
  const { items } = await log(fx.admin)
  expect(items.find(({ kind }) => kind === 'deactivated')).toMatchObject({
    area: 'people',
    about: 'Nueva integrante',
    role: 'moderator',
    source: 'system',
  })
  expect(items.find(({ kind }) => kind === 'paused')).toMatchObject({
    area: 'campaign',
    actor: 'Coordinación de ejemplo',
    reason: 'Veda electoral',
    sections: ['pausa'],
  })
  expect(items.find(({ area }) => area === 'institution')).toMatchObject({ sections: ['help_text'] })
})

test('a filter by person, area, kind or day leaves out what is not of it', async () => {
  const sent = await fx.submit(db)
  await fx.setClock(db, '2030-03-05T05:59:59Z') // the last second of 4 March in central Mexico
  await fx.decide(db, fx.moderator, sent.id, 'accept')
  await fx.setClock(db, '2030-03-05T06:00:00Z')
  await fx.decide(db, fx.coordinator, sent.id, 'reopen', WHY)
  await fx.setClock(db, null)
  const day = (p_day: string, rest: object = {}) => log(fx.auditor, { p_from: p_day, p_to: p_day, ...rest })
  expect(said(await day('2030-03-04')).map(([, kind]) => kind)).toEqual(['accept', 'in_review'])
  expect(said(await day('2030-03-05')).map(([, kind]) => kind)).toEqual(['reopen'])
  const both = { p_from: '2030-03-04', p_to: '2030-03-05' }
  expect(said(await log(fx.auditor, { ...both, p_person: fx.coordinator.sub }))).toHaveLength(1)
  expect(said(await log(fx.auditor, { ...both, p_kind: 'accept' }))).toHaveLength(1)
  expect(said(await log(fx.auditor, { ...both, p_area: 'people' }))).toHaveLength(0)
  const { people } = await log(fx.auditor)
  expect(people).toContainEqual({ id: fx.coordinator.sub, name: 'Coordinación de ejemplo' })
})

test('its pages hold each line once, newest first, also where many happened in the same instant', async () => {
  const sent = await fx.submit(db)
  await fx.setClock(db, '2031-01-01T12:00:00Z')
  for (const decision of ['accept', 'publish', 'take_back', 'publish', 'take_back'])
    await fx.decide(db, decision === 'take_back' ? fx.coordinator : fx.moderator, sent.id, decision, WHY)
  const args = { p_from: '2031-01-01', p_limit: 3 }
  const seen: number[] = []
  let after: string | null = null
  for (let pages = 0; pages < 9; pages++) {
    const page: LogPage = await log(fx.auditor, { ...args, ...(after && { p_after: after }) })
    expect(page.people === undefined).toBe(after !== null)
    seen.push(...page.items.map(({ seq }) => seq))
    after = page.next
    if (!after) break
  }
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a))
  expect(seen).toHaveLength(6)
})

test('an auditor of one campaign reads its lines and nothing of the others or of the institution', async () => {
  const auditor = await fx.addStaff(db, 'auditor', { convocatoria: fx.HISTORIC })
  const sent = await fx.submit(db)
  expect((await log(auditor, { p_folio: sent.row.folio })).items).toEqual([])
  const { items } = await log(auditor, { p_limit: 500 })
  expect(items.every(({ area }) => area !== 'institution' && area !== 'registry')).toBe(true)
  const global = await log(fx.auditor, { p_folio: sent.row.folio })
  expect(global.items).toHaveLength(1)
})

test('each history is read alone by its area, and by a member and an act of it, with its own details', async () => {
  const sent = await fx.submit(db)
  await fx.decide(db, fx.moderator, sent.id, 'reject', {
    reason_code: 'off_topic',
    message: 'No trata del tema.',
  })
  expect((await log(fx.auditor, { p_folio: sent.row.folio, p_kind: 'reject' })).items).toMatchObject([
    { reason_code: 'off_topic', to: 'rejected' },
  ])
  await db.pool.query(
    `insert into app.jornada_changes (jornada_id, sequence, actor_id, before, after, reason)
     select id, 1, $2, app.day_record(j), app.day_record(j), 'Cambió la sede' from app.jornadas j where id = $1`,
    [jx.DAY, fx.coordinator.sub],
  )
  await db.pool.query(`insert into app.body_events (actor_id, kind, subject_id) values ($1, 'changed', $2)`, [
    fx.coordinator.sub,
    await jx.addBody(db),
  ])
  await db.pool.query(
    `insert into app.staff_events (actor_id, kind, subject_id, name, role)
     values ($1, 'granted', $2, 'Otra', 'door'), ($1, 'invited', $2, 'Otra', 'door'), ($3, 'invited', $2, 'Otra', 'door')`,
    [fx.admin.sub, randomUUID(), fx.coordinator.sub],
  )
  for (const p_area of LOG_AREAS)
    expect(
      new Set((await log(fx.auditor, { p_area, p_limit: 500 })).items.map(({ area }) => area)).size,
    ).toBeLessThan(2)
  const [day] = (await log(fx.auditor, { p_area: 'day' })).items
  expect(day).toMatchObject({ area: 'day', kind: 'changed', reason: 'Cambió la sede' })
  expect((await log(fx.auditor, { p_area: 'registry' })).items[0]!.about).toMatch(/^Secretaría de prueba/u)
  const people = { p_area: 'people', p_person: fx.admin.sub }
  expect(
    said(await log(fx.auditor, people))
      .map(([, kind]) => kind)
      .sort(),
  ).toEqual(['granted', 'invited'])
  expect(said(await log(fx.auditor, { ...people, p_kind: 'invited' }))).toHaveLength(1)
})

test('a page holds 500 lines at most and one at least', async () => {
  const many = `insert into app.access_events (user_id, kind) select $1, 'signed_in' from generate_series(1, 501)`
  await db.pool.query(many, [fx.moderator.sub])
  expect((await log(fx.auditor, { p_area: 'access', p_limit: 9999 })).items).toHaveLength(500)
  expect((await log(fx.auditor, { p_area: 'access', p_limit: 0 })).items).toHaveLength(1)
})
