/** Named cases of identity: sessions, users, roles and clocks. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as fx from '../sql/fixtures'
import { effectsOf, unsentOps, saveProposal, sendProposal, type Proposal } from './citizen'
import { COORDINATOR, Desk, MODERATOR, decisionOf, tokenOf } from './desk'
import type { FaultyPhone } from './faultyPhone'
import { openPhone } from './openPhone'
import { World } from './world'

let world: World
let desk: Desk
let citizen: FaultyPhone
let staff: FaultyPhone
let signOut: () => Promise<void>
beforeAll(async () => {
  world = await World.open()
  desk = new Desk(world)
  citizen = await openPhone(world, 1)
  staff = await openPhone(world, 2)
  ;({ signOut } = await import('@/data/staff/auth')) // of the phone opened last
})
afterAll(() => world.close())
beforeEach(async () => {
  await Promise.all([citizen.wipe(), staff.wipe(), desk.setRight(true)])
  await signIn(MODERATOR)
})

const signIn = async (user_id: string, isValid = true) => {
  staff.session = { token: await tokenOf(user_id, isValid), user_id }
}

const decide = async ({ id }: Proposal, actor: string, version = 1) =>
  staff.ask({
    kind: 'review.decide',
    entity_id: id,
    payload: decisionOf('accept'),
    expected_version: version,
    actor,
  })

test('a session that is refused (401) holds its decisions until its owner signs in again', async () => {
  const proposal = await sendProposal(world, citizen)
  await decide(proposal, MODERATOR)
  await signIn(MODERATOR, false)
  await staff.run()
  expect(await unsentOps(staff)).toEqual(['blocked_auth auth'])
  staff.session = null
  await staff.settle(5)
  expect(await unsentOps(staff)).toEqual(['blocked_auth auth'])
  await signIn(MODERATOR)
  await staff.settle()
  expect(await unsentOps(staff)).toEqual([])
  expect(await effectsOf(world, proposal)).toEqual(['received', 'accept'])
})

test('another user’s queue is neither sent nor erased, and each decision is sent as its author', async () => {
  const [first, second] = [await sendProposal(world, citizen), await sendProposal(world, citizen)]
  await decide(first, MODERATOR)
  await decide(second, COORDINATOR)
  await signIn(COORDINATOR)
  await staff.settle(5)
  expect(await unsentOps(staff)).toEqual(['blocked_auth auth'])
  await signIn(MODERATOR)
  await staff.settle()
  expect(await unsentOps(staff)).toEqual([])
  const actors = await world.sql(
    `select submission_id, actor_id from app.review_events where kind = 'accept' and submission_id = any($1)`,
    [[first.id, second.id]],
  )
  expect(actors).toEqual([
    { submission_id: second.id, actor_id: COORDINATOR },
    { submission_id: first.id, actor_id: MODERATOR },
  ])
})

test('a right revoked with decisions in the queue refuses them, and the phone keeps their text', async () => {
  const [first, second] = [await sendProposal(world, citizen), await sendProposal(world, citizen)]
  await decide(first, MODERATOR)
  await staff.run()
  await decide(second, MODERATOR)
  await desk.setRight(false)
  await staff.settle(5)
  const [stopped, ...others] = await staff.db.outbox.toArray()
  expect(others).toEqual([])
  expect(stopped).toMatchObject({ state: 'needs_person', code: 'not_allowed', payload: decisionOf('accept') })
  expect(await effectsOf(world, second)).toEqual(['received'])
})

test.each([-2, 2])(
  'a calendar %i days wrong loses and duplicates nothing, and the server records its own time',
  async (days) => {
    citizen.skew = days * 86_400_000
    citizen.clock += citizen.skew
    const proposal = await saveProposal(world, citizen)
    await citizen.run(['lost'])
    citizen.clock -= 2 * citizen.skew
    await citizen.settle()
    citizen.skew = 0
    expect(await unsentOps(citizen)).toEqual([])
    expect(await effectsOf(world, proposal)).toEqual(['received'])
    const [row] = await world.sql<{ claimed: number; taken: number }>(
      `select extract(epoch from captured_at - now())::float8 as claimed,
       extract(epoch from received_at - now())::float8 as taken from app.submissions where id = $1`,
      [proposal.id],
    )
    expect(row!.claimed / 86_400).toBeCloseTo(Math.min(days, 0), 1) // a claim of the future counts as the arrival
    expect(Math.abs(row!.taken)).toBeLessThan(600)
  },
)

test('signing out erases neither the submissions of a citizen who shares the phone nor an unsent decision', async () => {
  const decided = await sendProposal(world, citizen)
  await staff.followQueue(fx.OPEN)
  expect(await staff.queue()).not.toEqual([])
  const proposal = await saveProposal(world, staff)
  await decide(decided, MODERATOR)
  await signOut()
  expect(await staff.db.auth.count()).toBe(0)
  expect(
    await staff.db.base.filter(({ scope }) => scope.startsWith('staff:')).count(),
    'what the desk kept',
  ).toBe(0)
  staff.session = null
  await staff.settle(5)
  expect(await effectsOf(world, proposal)).toEqual(['received'])
  expect(await unsentOps(staff)).toEqual(['blocked_auth auth'])
  await signIn(MODERATOR)
  await staff.settle()
  expect(await effectsOf(world, decided)).toEqual(['received', 'accept'])
})
