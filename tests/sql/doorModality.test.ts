/** People at the door whose seat says something else: it is online, or waits for the institution's approval. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DoorLine, DoorList } from '@/features/jornadas/registration'
import { callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as hx from './heldFixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
let hour: (hours: hx.Hours) => Promise<Date>
let body: string
beforeAll(async () => {
  db = await createTestDatabase()
  hour = await hx.clockOf(db)
  body = await jx.addBody(db)
})
beforeEach(async () => {
  await jx.clear(db)
  await hour(0)
  await jx.setDay(db, jx.DAY, 1, '3 hours')
  await db.pool.query(
    `update app.jornadas set online_capacity = 1, link = 'https://sala.example/1', place = 'Auditorio' where id = $1`,
    [jx.DAY],
  )
  await db.pool.query('delete from app.registration_rules')
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const person = (display_name: string, change: object = {}) =>
  jx.register(db, { body_id: body, display_name, ...change })
const online = (name: string) => person(name, { online_ids: [jx.DAY] })
const send = async (
  kind: 'door.check_in' | 'door.check_out' | 'door.undo_check_in',
  { id }: jx.Registered,
  payload: object = {},
  v = 3,
) => {
  const at = (await hour(0.5)).toISOString()
  const op = { jornada_id: jx.DAY, code: null, at, door: 'Puerta 1', ...payload }
  return fx.applyOne(db, fx.doorVolunteer, fx.op(kind, id, op, { v: kind === 'door.check_in' ? v : 1 }))
}
const word = async (...args: Parameters<typeof send>) => jx.word(await send(...args))
const lines = async () =>
  ((await callAs(db, fx.doorVolunteer, 'door_list', { p_jornada: jx.DAY })) as DoorList).items
const seats = async () =>
  (
    await db.pool.query<{ line: string }>(
      `select concat_ws(' ', c.display_name, case when s.online then 'online' else 'here' end, s.status) as line
       from app.seats s join app.contacts c using (submission_id) order by s.position`,
    )
  ).rows.map(({ line }) => line)

describe('somebody with a seat online at the door', () => {
  test('is marked in the list, takes a free seat of the hall, and leaves theirs to the line online', async () => {
    const all = [await online('Ana'), await online('Beto')]
    expect((await lines())[0]).toMatchObject({ name: 'Ana', status: 'confirmed', online: true })
    const verdict = await send('door.check_in', all[0]!)
    expect((verdict as unknown as { row: DoorLine }).row).toMatchObject({ status: 'attended' })
    expect((verdict as unknown as { row: DoorLine }).row).not.toHaveProperty('online')
    expect(await seats()).toEqual(['Ana here attended', 'Beto online offered'])
  })

  test.each([1, 2, 3])(
    'is refused in a full hall, also from a phone of version %i, and keeps the seat online',
    async (v) => {
      await person('Zoe')
      const one = await online('Ana')
      expect(await word('door.check_in', one, {}, v)).toBe('no_free_seat')
      expect(await word('door.check_out', one)).toBe('no_free_seat')
      expect(await seats()).toEqual(['Zoe here confirmed', 'Ana online confirmed'])
    },
  )

  test('passes nobody who waits for the hall', async () => {
    const all = [await person('Zoe'), await person('Wanda'), await online('Ana')]
    await hour(2.5) // too late for an offer
    await jx.author(db, 'registration.cancel_day', all[0]!)
    expect(await word('door.check_in', all[2]!, { at: (await hour(2.5)).toISOString() })).toBe('no_free_seat')
  })

  test('who attended online is noted without a seat of the hall', async () => {
    await person('Zoe')
    const one = await online('Ana')
    expect(await word('door.check_in', one, { online: true })).toBe('applied')
    expect(await seats()).toEqual(['Zoe here confirmed', 'Ana online attended'])
  })

  test('noted by mistake is online again where that seat is free, and otherwise keeps the hall’s', async () => {
    const one = await online('Ana')
    await word('door.check_in', one)
    const undo = async () =>
      word('door.undo_check_in', one, { arrived_at: (await lines())[0]!.checked_in_at })
    expect(await undo()).toBe('applied')
    expect(await seats()).toEqual(['Ana online confirmed'])
    await word('door.check_in', one, { at: (await hour(1.2)).toISOString() })
    await online('Beto')
    expect(await undo()).toBe('applied')
    expect(await seats()).toEqual(['Ana here confirmed', 'Beto online confirmed'])
  })
})

describe('where the institution approves people', () => {
  beforeEach(() =>
    db.pool.query('insert into app.registration_rules (convocatoria_id, approval) values ($1, true)', [
      jx.JORNADAS,
    ]),
  )
  const walkIn = async (display_name: string) => {
    const {
      convocatoria_id: _,
      jornada_ids: __,
      email: ___,
      ...rest
    } = await jx.registration(db, { body_id: body })
    const at = (await hour(1)).toISOString()
    const payload = { ...rest, display_name, jornada_id: jx.DAY, at, door: 'Puerta 1' }
    return fx.applyOne(db, fx.doorVolunteer, fx.op('door.walk_in', randomUUID(), payload))
  }

  test('a walk-in with a free seat is in: who lets them in approves them; a full hall stays full', async () => {
    expect(jx.word(await walkIn('Ana'))).toBe('applied')
    expect(jx.word(await walkIn('Beto'))).toBe('applied')
    expect(await seats()).toEqual(['Ana here attended', 'Beto here waiting'])
  })

  test('who waits for approval is marked, is in once the door lets them in, and waits again when that was a mistake', async () => {
    const one = await person('Ana')
    expect(await lines()).toMatchObject([{ name: 'Ana', status: 'waiting', pending: true }])
    expect(await word('door.check_in', one)).toBe('applied')
    expect(await seats()).toEqual(['Ana here attended'])
    const { rows } = await db.pool.query(
      `select message from app.review_events where kind = 'approved' and submission_id = $1`,
      [one.id],
    )
    expect(rows).toEqual([{ message: 'Le dejaron entrar en la puerta.' }])
    await word('door.undo_check_in', one, { arrived_at: (await lines())[0]!.checked_in_at })
    expect(await seats()).toEqual(['Ana here pending'])
  })

  test('a walk-in under the name of somebody who waits for approval lets that one in', async () => {
    await person('Ana')
    expect(jx.word(await walkIn('ANA'))).toBe('applied')
    expect(await seats()).toEqual(['Ana here attended', 'ANA here repeated'])
  })
})
