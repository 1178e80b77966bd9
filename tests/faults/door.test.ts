/** Named cases: two phones at the door on one day, without signal. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { doorVolunteer, moderator } from '../sql/fixtures'
import * as jx from '../sql/jornadaFixtures'
import { unsentOps } from './citizen'
import { tokenOf } from './desk'
import type { FaultyPhone } from './faultyPhone'
import { openPhone } from './openPhone'
import { World } from './world'

let world: World
beforeAll(async () => {
  world = await World.open()
  await jx.setDay(world.database, jx.DAY, 5, '3 hours')
})
afterAll(() => world.close())

async function phoneOf(actor: string, seed: number): Promise<FaultyPhone> {
  const phone = await openPhone(world, seed)
  phone.session = { token: await tokenOf(actor), user_id: actor }
  return phone
}

/** Scans the pass at this instant, without signal. */
async function scan(phone: FaultyPhone, { id, row }: jx.Registered, at: string): Promise<void> {
  const payload = { jornada_id: jx.DAY, code: row.content.seats[0]!.pass_code, at }
  await phone.ask({ kind: 'door.check_in', entity_id: id, payload, actor: phone.session!.user_id })
  await phone.run(['lost'])
  expect(await unsentOps(phone)).toEqual(['retry_wait offline'])
}

const shownRows = async ({ db }: FaultyPhone) =>
  (await db.overlay.toArray()).map(({ row }) => row as { status: string; checked_in_at: string })

test('one pass scanned on two phones without signal is one arrival, and both phones show its time', async () => {
  const [first, second] = [await phoneOf(doorVolunteer.sub!, 1), await phoneOf(moderator.sub!, 2)]
  const person = await jx.register(world.database)
  await scan(first, person, '2026-11-20T16:00:00+00:00')
  await scan(second, person, '2026-11-20T16:05:00+00:00')
  for (const phone of [second, first]) {
    await phone.settle()
    expect(await unsentOps(phone)).toEqual([])
  }
  const seats = await world.sql<{ at: string }>(
    `select status, checked_in_by, to_jsonb(checked_in_at) #>> '{}' as at from app.seats where submission_id = $1`,
    [person.id],
  )
  expect(seats).toMatchObject([{ status: 'attended', checked_in_by: moderator.sub }])
  const arrival = { status: 'attended', checked_in_at: seats[0]!.at }
  for (const phone of [first, second]) expect(await shownRows(phone)).toMatchObject([arrival])
})

test('both scans are kept, and whoever reads the list sees who noted the person, when and at which door', async () => {
  const [first, second] = [await phoneOf(doorVolunteer.sub!, 3), await phoneOf(moderator.sub!, 4)]
  const person = await jx.register(world.database)
  await scan(first, person, '2026-11-20T16:00:00+00:00')
  await scan(second, person, '2026-11-20T16:05:00+00:00')
  await first.settle()
  await second.settle()
  const notes = await world.sql('select noted_by from app.door_notes where submission_id = $1', [person.id])
  expect(notes).toHaveLength(2)
  const [row] = await shownRows(second)
  expect(row).toMatchObject({ status: 'attended', clash: [{ by: expect.any(String) as string }, {}] })
})

test('somebody without a registration who is written at two doors without signal is kept twice and takes one seat', async () => {
  const phones = [await phoneOf(doorVolunteer.sub!, 5), await phoneOf(moderator.sub!, 6)]
  const { email: _, jornada_ids: __, convocatoria_id: ___, ...said } = await jx.registration(world.database)
  const before = await taken()
  for (const [index, phone] of phones.entries()) {
    const payload = {
      ...said,
      jornada_id: jx.DAY,
      at: '2026-11-20T16:00:00+00:00',
      door: `Puerta ${index + 1}`,
    }
    await phone.ask({ kind: 'door.walk_in', entity_id: randomUUID(), payload, actor: phone.session!.user_id })
    await phone.run(['lost'])
  }
  for (const phone of phones) {
    await phone.settle()
    expect(await unsentOps(phone)).toEqual([])
  }
  expect((await taken()) - before).toBe(1)
  const [row] = await shownRows(phones[1]!)
  expect(row).toMatchObject({ status: 'attended', clash: [{ door: 'Puerta 1' }, { door: 'Puerta 2' }] })
})

const taken = async () =>
  (await world.sql<{ taken: number }>('select app.seats_taken($1) as taken', [jx.DAY]))[0]!.taken
