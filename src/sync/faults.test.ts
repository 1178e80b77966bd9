/**
 * The engine's invariants under seeded faults of network, process and clock. Every run ends with a working
 * connection. fast-check shrinks a run that breaks an invariant and prints its seed.
 */
import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { db } from '@/data/db'
import { listSubmissions } from '@/data/submissions'
import { makeMortal } from './testing/crash'
import { FAULTS, type NetworkFault } from './testing/fakeNetwork'
import { History, type Step } from './testing/history'
import { ALL, later, Phone, submit, wipe } from './testing/phone'
import { runs, SEED } from './testing/seed'

beforeAll(makeMortal)

const special = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant({ poison: true }) },
  { weight: 1, arbitrary: fc.constant({ refuse: 'body_too_short' }) },
  { weight: 1, arbitrary: fc.constant({ conflict: true }) },
  { weight: 1, arbitrary: fc.record({ busy: fc.integer({ min: 1, max: 5 }) }) },
)
const faults = fc.array(fc.constantFrom(...FAULTS), { maxLength: 4 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('submit' as const), special }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('later' as const), entity: fc.nat(9), special }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('cycle' as const), faults }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('crash' as const), after: fc.nat(40), faults }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('freeze' as const),
      fault: fc.constantFrom<NetworkFault>('ok', 'lost', 'answer_lost', '500'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('writer' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('commit' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(600_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clock_back' as const), ms: fc.nat(2 * 86_400_000) }) },
)

/** The promises to the person, checked after the last cycle of a history. */
async function expectPromisesKept(history: History): Promise<void> {
  const { effects } = history.server
  const left = await db.outbox.toArray()
  const effectsOf = (opId: string) => effects.filter((one) => one.op_id === opId).length
  for (const [opId, { payload, entity }] of history.saved) {
    const kept = left.find((op) => op.op_id === opId)
    expect(effectsOf(opId) + (kept ? 1 : 0), `${opId} done once, or kept`).toBe(1)
    if (!kept) continue
    expect(kept.payload).toEqual(payload)
    const lane = left.filter((op) => op.entity_id === entity)
    expect(['needs_person', 'retry_wait'], 'the head of its lane says why').toContain(lane[0]!.state)
    expect(lane[0]!.code).not.toBeNull()
  }
  for (const entity of history.entities) {
    const order = [...history.saved].filter(([, one]) => one.entity === entity).map(([opId]) => opId)
    const done = effects.filter((one) => one.entity_id === entity).map((one) => one.op_id)
    expect(done, 'in order of saving, without gaps').toEqual(order.slice(0, done.length))
  }
}

async function expectSameAsServer(history: History): Promise<void> {
  const base = await db.base.toArray()
  const seen = base.filter((one) => one.scope === 'public').map((one) => one.row)
  const expected = [...history.server.publicRows.values()].map((one) => one.row)
  expect(seen).toEqual(expect.arrayContaining(expected))
  expect(seen).toHaveLength(expected.length)
  for (const [id, { row }] of history.server.rows) {
    expect(base.find((one) => one.scope === `mine:${id}`)?.row, `${id} as the server has it`).toEqual(row)
  }
  const acked = await db.overlay.filter((one) => one.xid !== null).toArray()
  expect(acked, 'the base has caught up with every verdict').toEqual([])
}

test('no history of faults loses, doubles, reorders or hides an op', async () => {
  const histories = fc.tuple(fc.array(step, { minLength: 1, maxLength: 20 }), fc.nat())
  await fc.assert(
    fc.asyncProperty(histories, async ([steps, seed]) => {
      await wipe()
      const history = new History(seed)
      for (const one of steps) {
        await history.run(one)
        await history.look()
      }
      await history.finish()
      await history.look()
      await expectPromisesKept(history)
      await expectSameAsServer(history)
    }),
    { numRuns: runs(50), seed: SEED },
  )
}, 3_600_000)

test('after a sender dies at any step, the next sender keeps every promise', async () => {
  let survived = 0
  for (let isDying = true; isDying; survived += 1) {
    await wipe()
    const history = new History(survived)
    await history.run({ do: 'submit', special: {} })
    await history.run({ do: 'later', entity: 0, special: {} })
    await history.run({ do: 'submit', special: { refuse: 'body_too_long' } })
    isDying = await history.crash(survived, [])
    await history.look()
    await history.finish()
    await expectPromisesKept(history)
    await expectSameAsServer(history)
  }
  expect(survived, 'steps of a cycle').toBeGreaterThan(40)
}, 60_000)

test('the invariants can fail: without receipts a lost answer doubles the effect', async () => {
  await wipe()
  const history = new History(1)
  Object.assign(history.server, { receipts: { get: () => undefined, set: () => undefined } })
  await history.run({ do: 'submit', special: {} })
  await history.run({ do: 'cycle', faults: ['answer_lost'] })
  await history.finish()
  await expect(expectPromisesKept(history)).rejects.toThrow('done once')
})

test('a poison op stops its own lane only', async () => {
  await wipe()
  const phone = new Phone()
  for (let index = 0; index < 20; index += 1)
    await submit(`s${index}`, { text: 'x', ...(index === 7 && { poison: true }) })
  await later('s7', { text: 'behind the poison' })
  await phone.settle(25)
  expect(phone.server.effects).toHaveLength(19)
  const left = await db.outbox.orderBy('seq').toArray()
  expect(left.map((op) => [op.entity_id, op.code])).toEqual([
    ['s7', 'server'],
    ['s7', null],
  ])
  expect((await listSubmissions()).find((view) => view.id === 's7')?.chip).toBe('unsent')
})

test('in a six-hour outage the server is called at most once every two minutes on average', async () => {
  await wipe()
  const phone = new Phone()
  await submit('s1', { text: 'x' })
  let calls = 0
  const minutes = 6 * 60
  for (let minute = 0; minute < minutes; minute += 1) {
    phone.network.plan = ['500', '500']
    const before = phone.network.batches.length
    await phone.cycle({ ...ALL, reach: 'none' })
    calls += phone.network.batches.length - before
    phone.clock += 60_000
  }
  expect(calls).toBeGreaterThan(minutes / 10)
  expect(calls).toBeLessThan(minutes / 2)
}, 20_000)
