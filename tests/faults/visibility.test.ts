/** Named cases of rows that the server deleted or no longer shows. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import * as fx from '../sql/fixtures'
import { ask, effectsOf, unsentOps, saveProposal, sendProposal } from './citizen'
import { Desk, MODERATOR, tokenOf } from './desk'
import type { FaultyPhone } from './faultyPhone'
import { openPhone } from './openPhone'
import { World } from './world'

let world: World
let desk: Desk
let phone: FaultyPhone
let staff: FaultyPhone
beforeAll(async () => {
  world = await World.open()
  phone = await openPhone(world, 1)
  staff = await openPhone(world, 2)
})
afterAll(() => world.close())
afterEach(() => desk.tidy())
beforeEach(async () => {
  desk = new Desk(world)
  await Promise.all([phone.wipe(), staff.wipe()])
  staff.session = { token: await tokenOf(MODERATOR), user_id: MODERATOR }
})

const publicIds = async (entity: string) =>
  (await phone.db.base.where('[scope+entity]').equals(['public', entity]).toArray()).map(({ id }) => id)

const ownRows = (id: string) =>
  phone.db.base
    .where('[scope+entity]')
    .equals([`mine:${id}`, 'submission'])
    .count()

test('a database restored from a backup is read anew, and phones send every unsent or lost op again, with or without an answer', async () => {
  const kept = await sendProposal(world, phone)
  await world.backUp()
  const gone = await sendProposal(world, phone)
  const unheard = await saveProposal(world, phone)
  await phone.run(['answer_lost'])
  await world.restore()
  await world.dropBackup()
  await phone.settle()
  expect(await unsentOps(phone)).toEqual([])
  const views = new Map((await phone.views()).map((view) => [view.id, view]))
  expect(views.get(kept.id)).toMatchObject({ chip: 'received', refusal: null })
  expect(views.get(unheard.id)).toMatchObject({ chip: 'received', refusal: null })
  expect(views.get(gone.id), 'its text was still on the phone').toMatchObject({
    chip: 'received',
    refusal: null,
  })
  for (const one of [kept, gone, unheard]) expect(await effectsOf(world, one)).toEqual(['received'])
})

test('an op that waited during a restore is not sent before an op that the database lost', async () => {
  const proposal = await sendProposal(world, phone)
  await world.backUp()
  await ask(proposal, phone, 'submission.withdraw')
  await phone.run()
  await ask(proposal, phone, 'submission.undo_withdraw')
  await world.restore()
  await world.dropBackup()
  await phone.settle()
  expect(await unsentOps(phone)).toEqual([])
  expect(await effectsOf(world, proposal)).toEqual(['received', 'withdrawn', 'withdrawal_undone'])
})

test('what is deleted for good disappears from every phone', async () => {
  const [row] = await world.sql<{ id: string }>(
    `insert into app.insumos (convocatoria_id, position, title, summary, body) values ($1, 77, 'W', '0', '0') returning id`,
    [fx.OPEN],
  )
  await phone.run()
  expect(await publicIds('insumo')).toContain(row!.id)
  await world.sql('delete from app.insumos where id = $1', [row!.id])
  await phone.run()
  expect(await publicIds('insumo')).not.toContain(row!.id)
})

test('a submission that is deleted for good leaves the author’s phone and the desk, and the author sees that it is gone', async () => {
  const proposal = await sendProposal(world, phone)
  const queue = async () => (await staff.queue()).map(({ id }) => id)
  await staff.followQueue(fx.OPEN)
  expect(await queue()).toContain(proposal.id)
  await desk.erase(proposal.id)
  await phone.run()
  await staff.followQueue(fx.OPEN)
  expect(await ownRows(proposal.id)).toBe(0)
  expect((await phone.views())[0]).toMatchObject({
    id: proposal.id,
    row: null,
    refusal: { code: 'submission_unknown' },
  })
  expect(await queue()).not.toContain(proposal.id)
})

test('a row that leaves sight is deleted on the phone, and its item stays with an explanation', async () => {
  const proposal = await sendProposal(world, phone)
  await desk.revokeLink(proposal.id)
  await desk.setVisible(false)
  await phone.run()
  expect(await publicIds('convocatoria')).not.toContain(fx.HISTORIC)
  expect(await ownRows(proposal.id)).toBe(0)
  expect((await phone.views())[0]).toMatchObject({ row: null, refusal: { code: 'submission_unknown' } })
  await desk.setVisible(true)
  await phone.run()
  expect(await publicIds('convocatoria')).toContain(fx.HISTORIC)
})
