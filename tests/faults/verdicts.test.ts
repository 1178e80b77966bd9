/** Named cases of ops that are refused, conflict or fail, and of the ops behind them. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { OpKind } from '@/domain/ops'
import * as fx from '../sql/fixtures'
import * as vx from '../sql/videoFixtures'
import { ask, effectsOf, unsentOps, saveProposal, sendProposal } from './citizen'
import { Desk, MODERATOR, decisionOf, tokenOf } from './desk'
import type { FaultyPhone } from './faultyPhone'
import { openPhone } from './openPhone'
import { World } from './world'
import { EXPLODE, healPoison } from './effectLog'

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
beforeEach(async () => {
  desk = new Desk(world)
  await Promise.all([phone.wipe(), staff.wipe(), healPoison(world.database.pool, false)])
  staff.session = { token: await tokenOf(MODERATOR), user_id: MODERATOR }
})

test('of two decisions the second is a conflict, keeps its text, and can be sent again for the version it saw', async () => {
  const proposal = await sendProposal(world, phone)
  const decision = {
    kind: 'review.decide' as const,
    entity_id: proposal.id,
    actor: MODERATOR,
    expected_version: 1,
  }
  await staff.ask({ ...decision, payload: decisionOf('reject') })
  await desk.decide(proposal.id, 'request_correction')
  const { body, part_id, helps } = await fx.propuesta(world.database, {
    body: 'Corregido, y bastante largo.',
  })
  const { id: entity_id, secret } = proposal
  const payload = { body, part_id, helps }
  await phone.ask({ kind: 'propuesta.correct', entity_id, payload, secret, expected_version: 2 })
  await phone.settle()
  const before = await effectsOf(world, proposal)
  expect(before).toEqual(['received', 'request_correction', expect.any(String)])
  await staff.run()
  const [op] = await staff.db.outbox.toArray()
  expect(op).toMatchObject({ state: 'needs_person', code: 'conflict', payload: decisionOf('reject') })
  expect(op!.current).toMatchObject({ state: 'in_review', version: 3 })
  expect(await effectsOf(world, proposal)).toEqual(before)
  await staff.discard(op!.op_id) // as the desk does when a person decides again on the current version
  await staff.ask({ ...decision, payload: op!.payload, expected_version: 3 })
  await staff.settle()
  expect(await unsentOps(staff)).toEqual([])
  expect(await effectsOf(world, proposal)).toEqual([...before, 'reject'])
})

test('the same op_id with another payload has no second effect and gets the first verdict', async () => {
  const proposal = await saveProposal(world, phone)
  const op = (await phone.db.outbox.toArray())[0]!
  await phone.run(['answer_lost'])
  await phone.db.outbox.update(op.seq, {
    payload: { ...(op.payload as object), body: 'Otro texto, bastante largo.' },
  })
  await phone.settle()
  expect(await unsentOps(phone)).toEqual([])
  expect(await effectsOf(world, proposal)).toEqual(['received'])
  expect((await phone.views())[0]!.row).toMatchObject({
    content: { body: (op.payload as { body: string }).body },
  })
})

test('a poison op stops its own lane only, and is applied once the server is repaired', async () => {
  const poisoned = await sendProposal(world, phone)
  await ask(poisoned, phone, EXPLODE as OpKind)
  await ask(poisoned, phone, 'submission.withdraw')
  const others = await Promise.all(Array.from({ length: 12 }, () => saveProposal(world, phone)))
  await phone.settle(5)
  expect(await unsentOps(phone)).toEqual(['retry_wait server_fault', 'queued null'])
  for (const other of others) expect(await effectsOf(world, other)).toEqual(['received'])
  await healPoison(world.database.pool)
  await phone.settle()
  expect(await effectsOf(world, poisoned)).toEqual(['received', 'explode', 'withdrawn'])
})

test('behind a refused op its followers wait unsent, and the refused op keeps its whole payload', async () => {
  const refused = await saveProposal(world, phone, 'corto')
  await ask(refused, phone, 'submission.withdraw')
  const other = await saveProposal(world, phone)
  await phone.settle(5)
  expect(await unsentOps(phone)).toEqual(['needs_person body_too_short', 'queued null'])
  expect((await phone.db.outbox.toArray())[0]!.payload).toMatchObject({ body: 'corto' })
  expect(await effectsOf(world, refused)).toEqual([])
  expect(await effectsOf(world, other)).toEqual(['received'])
})

test('a refused video’s bytes stay sealed on the phone and unsent, and the person sees the refusal', async () => {
  const entity_id = randomUUID()
  const payload = await vx.video(world.database, { title: '' })
  const { id } = payload.media
  await phone.submit({ kind: 'video.submit', entity_id, payload, secret: fx.newSecret() })
  await phone.seal({ id, submissionId: entity_id, file: new Blob([new Uint8Array(3000)]), mime: 'video/mp4' })
  expect(await phone.upload(), 'before its text').toEqual([])
  await phone.settle(5)
  expect(await unsentOps(phone)).toEqual(['needs_person title_required'])
  expect(await phone.upload(), 'after the refusal').toEqual([])
  expect(await phone.db.media.toArray()).toMatchObject([{ id, state: 'sealed', bytes: 3000, offset: 0 }])
  expect(await phone.db.mediaChunks.count()).toBe(1)
  expect(await phone.views()).toMatchObject([
    { id: entity_id, chip: 'needs_attention', refusal: { code: 'title_required', field: 'title' } },
  ])
})
