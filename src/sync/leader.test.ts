import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { assertFence, STALE_MS } from './fence'
import { asLeader, type LeaderDeps } from './leader'
import { FakeLocks } from './testing/fakeLocks'
import { Phone, silent, submit, wipe } from './testing/phone'

const PATIENT = { timeout: 20_000 }

beforeEach(wipe)

let clock = 1_000_000
const deps = (locks: FakeLocks | null, patienceMs = 5): LeaderDeps => ({
  locks,
  now: () => clock,
  every: () => silent,
  patienceMs,
})
/** A job that resolves `entered` when it starts and ends at `release`. */
function makeJob() {
  let release = silent
  let enter = silent
  const gate = new Promise<void>((resolve) => (release = resolve))
  const entered = new Promise<void>((resolve) => (enter = resolve))
  const job = () => {
    enter()
    return gate
  }
  return { job, entered, release }
}

const never = () => Promise.reject(new Error('two senders'))

test('two tabs never send at the same time; the second waits for the first', async () => {
  const locks = new FakeLocks()
  const first = makeJob()
  const order: string[] = []
  const a = asLeader(() => first.job().then(() => void order.push('a')), deps(locks, 10_000))
  await first.entered
  const b = asLeader(async () => void order.push('b'), deps(locks, 10_000))
  first.release()
  expect(await Promise.all([a, b])).toEqual(['done', 'done'])
  expect(order).toEqual(['a', 'b'])
})

test('a holder with a recent heartbeat keeps the lock', async () => {
  const locks = new FakeLocks()
  const { job, entered, release } = makeJob()
  const holder = asLeader(job, deps(locks))
  await entered
  clock += STALE_MS - 1
  expect(await asLeader(never, deps(locks))).toBe('busy')
  release()
  expect(await holder).toBe('done')
})

test.each([
  ['with Web Locks', () => new FakeLocks()],
  ['without Web Locks', () => null],
])('%s a frozen holder is replaced and writes nothing when it wakes', async (_, makeLocks) => {
  const locks = makeLocks()
  const { job, entered, release } = makeJob()
  const written: string[] = []
  const write = (name: string, wait: () => Promise<void>) => async (fence: number) => {
    await wait()
    await db.transaction('rw', [db.leases, db.meta], async () => {
      await assertFence(fence)
      written.push(name)
    })
  }
  const now = () => Promise.resolve()
  const frozen = asLeader(write('frozen', job), deps(locks))
  await entered
  clock += STALE_MS
  expect(await asLeader(write('second', now), deps(locks))).toBe('done')
  release()
  expect(await frozen).toBe('busy')
  await locks?.idle()
  expect(written).toEqual(['second'])
  expect(await asLeader(write('third', now), deps(locks)), 'the second holder gave the lock back').toBe(
    'done',
  )
})

test('heartbeats keep the lock during a long send', async () => {
  const locks = new FakeLocks()
  const { job, entered, release } = makeJob()
  let beat = silent
  const every = (_: number, tick: () => void) => {
    beat = tick
    return silent
  }
  const holder = asLeader(job, { ...deps(locks), every })
  await entered
  clock += STALE_MS
  beat()
  await vi.waitFor(
    async () => expect(await db.leases.get('outbox')).toMatchObject({ heartbeat: clock }),
    PATIENT,
  )
  expect(await asLeader(never, deps(locks))).toBe('busy')
  release()
  expect(await holder).toBe('done')
})

test('an answer that reaches a replaced sender is not written, and the op has one effect', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'x' })
  const { held, release } = phone.network.hold()
  const frozen = phone.cycle()
  await held
  phone.network.pass()
  phone.clock += STALE_MS
  expect(await phone.cycle()).toBe('done')
  const after = await db.overlay.toArray()
  release()
  expect(await frozen).toBe('busy')
  await phone.locks.idle()
  expect(await db.overlay.toArray()).toEqual(after)
  expect(phone.server.effects).toHaveLength(1)
  expect(await db.outbox.count()).toBe(0)
})

test('ops that a dead sender left in `sending` are queued again', async () => {
  await submit('s1', { text: 'x' })
  await db.outbox.toCollection().modify({ state: 'sending' })
  await asLeader(async () => {
    expect((await db.outbox.toArray())[0]!.state).toBe('queued')
  }, deps(new FakeLocks()))
})
