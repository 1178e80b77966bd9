/**
 * Proves that the suite can fail: the checks find a server or a phone that breaks one promise. The media
 * promises (9, 10, 11) are in `src/media/sabotage.test.ts`; promise 12 is a migration test, which fails by
 * itself.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectNewestKept, expectStormSurvived } from './engineChecks'
import type { FaultyPhone } from './faultyPhone'
import { nothingFound, type Findings } from './ledger'
import { runHistory, openPhones } from './runHistory'
import { openPhone } from './openPhone'
import * as sabotage from './sabotages'
import type { On, PhoneIndex, Step } from './steps'
import { World } from './world'

let world: World
beforeEach(async () => {
  world = await World.open()
})
afterEach(async () => {
  sabotage.mend()
  await world.close()
})

const submit: Step = { do: 'submit', phone: 0, special: 'fine' }
const cycle = (phone: PhoneIndex | 3, ...faults: On<'cycle'>['faults']): Step => ({
  do: 'cycle',
  phone,
  faults,
  interference: null,
})
const on = (what: 'withdraw' | 'undo' | 'share', phone: PhoneIndex): Step => ({ do: what, phone, entity: 0 })
const decide = (entity: number): Step => ({ do: 'decide', entity, choice: 0, offline: true })
const withdrawn: Step[] = [
  submit,
  cycle(0),
  on('share', 1),
  cycle(1),
  on('withdraw', 0),
  cycle(0, 'ok', 'answer_lost'), // the first call only reads the epoch
]
const ACCEPTED: Step = { do: 'decide', entity: 0, choice: 1, offline: false }
/** Nobody asked for it, and the review has begun. */
const UNASKED: Step = { do: 'correct', phone: 0, entity: 8 }
const DENIED: Step = { do: 'revoke_link', entity: 0 }

type Found = Findings & { broken: string[] }

/** The findings of a history, or the assertion that failed on its way. */
const foundIn = async (steps: Step[], prepare?: () => void): Promise<Found> =>
  runHistory({ world, phones: await openPhones(world, prepare), tally: {} }, steps).then(
    (found) => ({ ...found, broken: [] }),
    (error: Error) => ({ ...nothingFound(), broken: [error.message] }),
  )

/** Expects the history to be clean without the sabotage, and to have this finding with it. */
async function expectFound(steps: Step[], count: keyof Found, words: string, how: How): Promise<void> {
  expect(await foundIn(steps)).toEqual({ ...nothingFound(), broken: [] })
  await how.server?.(world)
  const found = await foundIn(steps, how.phone)
  expect(found[count].join(), JSON.stringify(found)).toContain(words)
}

interface How {
  server?: (world: World) => Promise<void>
  phone?: () => void
}

test.each<[string, How['server'], Step[], keyof Found, string]>([
  [
    '2: it forgets its receipts',
    sabotage.forgetReceipts,
    [...withdrawn, on('undo', 1), cycle(1)],
    'duplicate',
    'had 2 effects',
  ],
  [
    '2: it answers an applied op with a refusal',
    sabotage.forgetReceipts,
    withdrawn,
    'divergent',
    'and told refused',
  ],
  [
    '4: it refuses an op on a locked row',
    sabotage.refuseWhatIsBusy,
    [submit, cycle(0), { do: 'lock', entity: 0 }, on('withdraw', 0), cycle(0)],
    'stuck',
    'due to lock timeout, told refused',
  ],
  [
    '6: it ignores the watermark',
    sabotage.ignoreWatermark,
    [{ do: 'writer' }, submit, cycle(0)],
    'missed',
    'missed public insumo',
  ],
])('the checks find a server that breaks promise %s', (_, server, steps, count, words) =>
  expectFound(steps, count, words, { server: server! }),
)

test.each<[string, How['phone'], Step[], keyof Found, string]>([
  [
    '1: it deletes an op after a failed call',
    sabotage.forgetOnFault,
    [submit, cycle(0), on('withdraw', 0), cycle(0, 'ok', 'lost')],
    'lost',
    'left the phone, told undefined',
  ],
  [
    '3: it sends past a refused op of the same lane',
    sabotage.ignoreLanes,
    [submit, cycle(0), ACCEPTED, cycle(3), cycle(0), UNASKED, on('withdraw', 0), cycle(0)],
    'divergent',
    'passed its head',
  ],
  [
    '5: it drops a verdict’s row before the pull has brought it',
    sabotage.dropOverlayEarly,
    [submit, cycle(0), { do: 'writer' }, on('withdraw', 0), cycle(0)],
    'broken',
    'stays on it',
  ],
  [
    '7: it keeps a submission with a revoked link',
    sabotage.keepWhatIsDenied,
    [submit, cycle(0), DENIED, cycle(0)],
    'divergent',
    'not its own to see',
  ],
  [
    '7: it keeps a queue that the user may no longer read',
    sabotage.keepQueueOfOthers,
    [submit, cycle(0), cycle(3), { do: 'right', is: false }, cycle(3)],
    'divergent',
    'shows the queue of',
  ],
  [
    '8: it sends every user’s decisions with the current token',
    sabotage.ignoreActors,
    [submit, submit, cycle(0), decide(0), { do: 'session', who: 'coordinator' }, decide(1), cycle(3)],
    'divergent',
    'was sent as',
  ],
])('the checks find a phone that breaks promise %s', (_, phone, steps, count, words) =>
  expectFound(steps, count, words, { phone: phone! }),
)

test.each<[string, () => void, (world: World, phone: FaultyPhone) => Promise<void>, string]>([
  [
    '13: it writes although another tab has replaced it',
    sabotage.ignoreFence,
    expectNewestKept,
    'not the page from before',
  ],
  ['14: it retries without waiting', sabotage.neverWait, expectStormSurvived, 'to be less than'],
])('the checks find a phone that breaks promise %s', async (_, sabotaged, promise, words) => {
  await promise(world, await openPhone(world))
  sabotaged()
  await expect(promise(world, await openPhone(world))).rejects.toThrow(words)
})
