/** Named cases: what the network does to a call, against the real functions. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as fx from '../sql/fixtures'
import type { FaultyPhone } from './faultyPhone'
import { openPhone } from './openPhone'
import { World } from './world'

let world: World
let phone: FaultyPhone
beforeAll(async () => {
  world = await World.open()
  phone = await openPhone(world)
})
afterAll(() => world.close())
beforeEach(() => phone.wipe())

test('an answer lost after the commit is asked for again: one effect, and the folio reaches the screen', async () => {
  const id = randomUUID()
  const secret = fx.newSecret()
  await phone.submit({
    kind: 'propuesta.submit',
    entity_id: id,
    payload: await fx.propuesta(world.database),
    secret,
  })
  await phone.run(['answer_lost'])
  expect(await phone.db.outbox.count()).toBe(1)
  await phone.settle()
  expect(await phone.db.outbox.count()).toBe(0)
  expect(await world.sql('select kind from witness.effects where entity_id = $1', [id])).toEqual([
    { kind: 'received' },
  ])
  expect((await phone.views())[0]).toMatchObject({
    id,
    chip: 'received',
    folio: expect.stringMatching(/^PR-/u),
  })
})

test('two phones have disks of their own', async () => {
  const other = await openPhone(world)
  await other.keepLink(randomUUID(), fx.newSecret())
  expect(await phone.views()).toEqual([])
  expect(await other.views()).toHaveLength(1)
})
