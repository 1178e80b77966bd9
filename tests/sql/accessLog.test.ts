/** What the log says of sign-ins and second factors, and for how long. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { LogPage } from '@/domain/log'
import { type Actor, callAs, createTestDatabase, type TestDatabase, user } from '../support/database'
import { openSessions } from '../support/sessions'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
beforeEach(async () => {
  for (const table of ['access_events', 'staff_sessions', 'seen_factors'])
    await db.pool.query(`delete from app.${table} where true`)
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const log = async (actor: Actor = fx.auditor, args: Record<string, unknown> = {}) =>
  ((await callAs(db, actor, 'list_log', { p_area: 'access', p_limit: 500, ...args })) as LogPage).items.map(
    ({ kind, actor: who, source, about }) => [kind, who, source, about],
  )
const MODERATOR = 'Moderadora de ejemplo'
const addFactor = async (who: string, status = 'verified') => {
  const id = randomUUID()
  await db.pool.query(
    `insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, created_at, updated_at)
     values ($1, $2, 'Prueba', 'totp', $3, now(), now())`,
    [id, who, status],
  )
  return id
}
const note = () => db.pool.query('select app.note_factors()')
const drop = (id: string) => db.pool.query('delete from auth.mfa_factors where id = $1', [id])

test('a sign-in stands at the hour of its session, not of its first call', async () => {
  const at = '2026-01-05T15:00:00Z'
  await db.pool.query('update auth.sessions set created_at = $2 where id = $1', [fx.moderator.sub, at])
  await db.pool.query('insert into app.staff_sessions (session_id, user_id) values ($1, $1)', [
    fx.moderator.sub,
  ])
  const page = (await callAs(db, fx.auditor, 'list_log', {
    p_area: 'access',
    p_person: fx.moderator.sub,
  })) as LogPage
  expect(page.items.map(({ at: when, kind }) => [new Date(when).toISOString(), kind])).toEqual([
    ['2026-01-05T15:00:00.000Z', 'signed_in'],
  ])
  await db.pool.query('update auth.sessions set created_at = now() where id = $1', [fx.moderator.sub])
})

test('whoever calls for staff is in the log once, and an account without a role is not', async () => {
  const nobody = randomUUID()
  await db.pool.query('insert into auth.users (id, email) values ($1, $2)', [nobody, `${nobody}@ejemplo.mx`])
  await openSessions(db.pool, [nobody])
  for (const actor of [fx.moderator, fx.moderator, user(nobody)]) await callAs(db, actor, 'staff_me')
  expect(await log()).toEqual([['signed_in', MODERATOR, 'staff', '']])
})

test('a second factor that came or went is seen once it is verified, and only of staff', async () => {
  const mine = await addFactor(fx.moderator.sub!)
  const pending = await addFactor(fx.coordinator.sub!, 'unverified')
  const nobody = randomUUID()
  await db.pool.query('insert into auth.users (id, email) values ($1, $2)', [nobody, `${nobody}@ejemplo.mx`])
  await addFactor(nobody)
  await note()
  await note()
  expect(await log()).toEqual([['factor_added', MODERATOR, 'staff', '']])
  await drop(mine)
  await note()
  expect((await log())[0]).toEqual(['factor_gone', MODERATOR, 'system', MODERATOR])
  await drop(pending)
  await note()
  expect(await log()).toHaveLength(2)
})

test('a factor that the app itself removed is told once, with the people', async () => {
  await addFactor(fx.moderator.sub!)
  await note()
  await db.pool.query('select app.remove_factor($1)', [fx.moderator.sub])
  await note()
  expect((await log()).map(([kind]) => kind)).toEqual(['factor_added'])
})

test('the lines are kept for a year, belong to no campaign, and follow the filter of days', async () => {
  await db.pool.query(
    `insert into app.access_events (at, user_id, kind) values (app.now() - interval '366 days', $1, 'signed_in'),
     (app.now() - interval '360 days', $1, 'signed_in'), ('2030-03-05T05:59:59Z', $1, 'signed_in')`,
    [fx.moderator.sub],
  )
  await db.pool.query('select app.forget_access()')
  expect(await log()).toHaveLength(2)
  const auditor = await fx.addStaff(db, 'auditor', { convocatoria: fx.HISTORIC })
  expect(await log(auditor)).toEqual([])
  expect(await log(fx.auditor, { p_from: '2030-03-04', p_to: '2030-03-04' })).toHaveLength(1)
  expect(await log(fx.auditor, { p_from: '2030-03-05' })).toHaveLength(0)
  expect(await log(fx.auditor, { p_to: '2030-03-03' })).toHaveLength(1)
  expect(await log(fx.auditor, { p_area: 'people' })).not.toContainEqual([
    'signed_in',
    MODERATOR,
    'staff',
    '',
  ])
})
