/** Named case: two phones at the door on one day, without signal. */
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
