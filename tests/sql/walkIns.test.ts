/** People who come to the door without a registration, also at two doors without signal. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DoorLine, DoorList } from '@/features/jornadas/registration'
import { type Actor, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as hx from './heldFixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
let hour: (hours: hx.Hours) => Promise<Date>
let other: Actor
let body: string
beforeAll(async () => {
  db = await createTestDatabase()
  hour = await hx.clockOf(db)
  other = await fx.addStaff(db, 'door', { convocatoria: jx.JORNADAS })
  body = await jx.addBody(db)
})
beforeEach(async () => {
  await jx.clear(db)
  await hour(0)
  await jx.setDay(db, jx.DAY, 2, '3 hours')
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

async function payloadOf(change: object = {}) {
  const {
    convocatoria_id: _,
    jornada_ids: __,
    email: ___,
    ...rest
  } = await jx.registration(db, { body_id: body })
  return { ...rest, jornada_id: jx.DAY, at: (await hour(1)).toISOString(), door: 'Puerta 1', ...change }
}
const come = async (change: object = {}, actor: Actor = fx.doorVolunteer, id: string = randomUUID()) => ({
  id,
  verdict: await fx.applyOne(db, actor, fx.op('door.walk_in', id, await payloadOf(change))),
})
const word = async (change: object = {}, actor?: Actor, id?: string) =>
  jx.word((await come(change, actor, id)).verdict)
const rowOf = ({ verdict }: Awaited<ReturnType<typeof come>>) => (verdict as unknown as { row: DoorLine }).row
const list = async () =>
  ((await callAs(db, fx.doorVolunteer, 'door_list', { p_jornada: jx.DAY })) as DoorList).items
const seats = async () =>
  (
    await db.pool.query<{ name: string; status: string }>(
      `select c.display_name as name, s.status from app.seats s join app.contacts c using (submission_id) order by s.position`,
    )
  ).rows.map(({ name, status }) => `${name} ${status}`)

describe('a walk-in', () => {
  test('with a free seat is in at once, with who noted it, the notice and an event that the author reads', async () => {
    const one = await come()
    expect(rowOf(one)).toMatchObject({
      submission_id: one.id,
      name: 'Ana Pérez',
      status: 'attended',
      walk_in: true,
      folio: expect.stringMatching(/^JO-/u) as string,
    })
    const { rows } = await db.pool.query(
      `select channel, noted_by, notice_id from app.consents where submission_id = $1`,
      [one.id],
    )
    expect(rows).toEqual([
      { channel: 'in_person', noted_by: fx.doorVolunteer.sub, notice_id: jx.JORNADA_NOTICE },
    ])
    const { events, content } = (await callAs(db, fx.coordinator, 'review_item', { p_id: one.id })) as {
      events: { kind: string; message: string }[]
      content: { post: string }
    }
    expect(events[0]).toMatchObject({
      kind: 'received',
      message: expect.stringContaining('en persona') as string,
    })
    expect(content.post).toBe('Titular de la Unidad de Transparencia')
  })

  test('beyond the free seats waits at the end of the line, is not in, and the hall is never over its capacity', async () => {
    await jx.registerMany(db, 1)
    await come({ display_name: 'Beto' })
    const third = await come({ display_name: 'Caro', post: ' ' })
    expect(rowOf(third)).toMatchObject({ status: 'waiting', checked_in_at: null, walk_in: true })
    expect(await seats()).toEqual(['Ana Pérez confirmed', 'Beto attended', 'Caro waiting'])
    const { rows } = await db.pool.query('select post from app.registrations where submission_id = $1', [
      third.id,
    ])
    expect(rows).toEqual([{ post: 'Sin especificar' }])
  })

  test('gets no seat that became free while others wait for it', async () => {
    const all = await jx.registerMany(db, 3)
    await hour(2.5) // too late for an offer
    await jx.author(db, 'registration.cancel_day', all[0]!)
    expect(await word({ display_name: 'Beto' })).toBe('applied')
    expect((await seats()).at(-1)).toBe('Beto waiting')
  })

  test('repeated, by the same member or by a colleague who took it over, changes nothing', async () => {
    const { id } = await come()
    expect(await word({ display_name: 'Otra' }, fx.doorVolunteer, id)).toBe('applied')
    expect(await word({ noted_by: fx.doorVolunteer.sub }, other, id)).toBe('applied')
    expect(await word({}, other, id)).toBe('submission_unknown')
    expect(await seats()).toEqual(['Ana Pérez attended'])
  })

  test('taken back frees the seat for whoever waits', async () => {
    const one = await come()
    const verdict = await fx.applyOne(
      db,
      fx.doorVolunteer,
      fx.op('door.undo_check_in', one.id, { jornada_id: jx.DAY, arrived_at: rowOf(one).checked_in_at }),
    )
    expect(jx.word(verdict)).toBe('applied')
    expect([await seats(), await list()]).toEqual([['Ana Pérez cancelled'], []])
  })

  test.each<[object, string]>([
    [{ display_name: ' ' }, 'name_required display_name'],
    [{ display_name: null }, 'name_required display_name'],
    [{ body_id: randomUUID() }, 'body_unknown body_id'],
    [{ post: 'x'.repeat(121) }, 'post_too_long post'],
    [{ notice_hash: 'x' }, 'notice_outdated notice'],
    [{ notice_id: randomUUID() }, 'notice_outdated notice'],
    [{ consents: 'x' }, 'malformed_op consents'],
    [{ at: 'ahora' }, 'malformed_op at'],
    [{ jornada_id: jx.NEXT_DAY }, 'not_allowed'],
  ])('%o is refused: %s', async (change, expected) => expect(await word(change)).toBe(expected))

  test('is refused before the doors open, on a day called off, of a class of another group, and to who keeps no door', async () => {
    const at = (await hour(1)).toISOString()
    const op = async (change: object = {}) =>
      fx.op('door.walk_in', randomUUID(), await payloadOf({ at, ...change }))
    const early = await op()
    await hour(-9)
    expect(jx.word(await fx.applyOne(db, fx.doorVolunteer, early))).toBe('check_in_early')
    expect(await word({ body_id: await jx.addBody(db, 'ayuntamiento') })).toBe('body_ineligible body_id')
    for (const actor of [fx.auditor, fx.admin, fx.stranger]) expect(await word({}, actor)).toBe('not_allowed')
    await db.pool.query(
      `update app.jornadas set cancelled_at = app.now(), cancel_reason = 'x' where id = $1`,
      [jx.DAY],
    )
    expect(await word()).toBe('jornada_cancelled jornada_ids')
    await db.pool.query(`update app.jornadas set cancelled_at = null, cancel_reason = null where id = $1`, [
      jx.DAY,
    ])
  })

  test('with the notice that was the present one when the phone lost its signal is received', async () => {
    const payload = await payloadOf()
    await come({ display_name: 'Quien aceptó antes' })
    const { rows } = await db.pool.query<{ id: string }>(
      `insert into app.notices (version, title, simplified, full_form, consents, published_on, hash)
       select version + 100, title, simplified, full_form, consents, published_on, '' from app.notices where id = $1 returning id`,
      [jx.JORNADA_NOTICE],
    )
    await db.pool.query('update app.convocatorias set notice_id = $2 where id = $1', [
      jx.JORNADAS,
      rows[0]!.id,
    ])
    const verdict = await fx.applyOne(db, fx.doorVolunteer, fx.op('door.walk_in', randomUUID(), payload))
    await db.pool.query('update app.convocatorias set notice_id = $2 where id = $1', [
      jx.JORNADAS,
      jx.JORNADA_NOTICE,
    ])
    expect(jx.word(verdict)).toBe('applied')
    const kept = await db.pool.query(
      'select distinct notice_id from app.consents c join app.registrations r using (submission_id)',
    )
    expect(kept.rows).toEqual([{ notice_id: jx.JORNADA_NOTICE }])
  })
})

describe('somebody who is on the list already, by name in the same body', () => {
  test('at two doors without signal is kept twice, takes one seat, and the line shows both', async () => {
    const first = await come()
    const second = await come({ display_name: 'ana  PEREZ', door: 'Puerta 2' }, other)
    expect(rowOf(second).submission_id).toBe(first.id)
    expect(rowOf(second).clash).toMatchObject([
      { door: 'Puerta 1' },
      { door: 'Puerta 2', folio: expect.stringMatching(/^JO-/u) as string },
    ])
    expect(await seats()).toEqual(['Ana Pérez attended', 'ana PEREZ repeated'])
    expect(await list()).toHaveLength(1)
    expect(await word({ display_name: 'Beto' }), 'the second seat is free').toBe('applied')
    expect((await seats()).at(-1)).toBe('Beto attended')
  })

  test('with a confirmed seat arrives with it; taken back, both are as before', async () => {
    const one = await jx.register(db, { body_id: body })
    const line = rowOf(await come())
    expect(line).toMatchObject({ submission_id: one.id, status: 'attended' })
    expect(line).not.toHaveProperty('clash')
    await fx.applyOne(
      db,
      fx.doorVolunteer,
      fx.op('door.undo_check_in', one.id, { jornada_id: jx.DAY, arrived_at: line.checked_in_at }),
    )
    expect(await seats()).toEqual(['Ana Pérez confirmed', 'Ana Pérez repeated'])
  })

  test('who waits goes on waiting in their place, and is not in', async () => {
    await jx.registerMany(db, 2, { display_name: 'Zoe' })
    const one = await jx.register(db, { body_id: body })
    expect(rowOf(await come())).toMatchObject({
      submission_id: one.id,
      status: 'waiting',
      checked_in_at: null,
    })
    expect((await seats()).slice(2)).toEqual(['Ana Pérez waiting', 'Ana Pérez repeated'])
  })
})
