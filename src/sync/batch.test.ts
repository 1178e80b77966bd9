import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '@/data/db'
import { eraseStaff } from '@/data/staff/keptItems'
import { breakReading } from '@/data/testing/breakReading'
import { untilPush } from './due'
import { enqueue } from './enqueue'
import { ALL, later, Phone, silent, submit, wipe } from './testing/phone'

beforeEach(wipe)

const push = { ...ALL, reach: 'none' } as const
const entitiesOf = (phone: Phone) => phone.network.batches.map((ops) => ops.map((op) => op.entity_id))

test('unreadable ops of staff, and ops that a dead sender left in `sending`, hold back no other op', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'first' })
  await submit('s2', { text: 'broken' })
  await enqueue({ kind: 'review.decide', entity_id: 's3', payload: {}, actor: 'ana' }, undefined, silent)
  await db.outbox.where('entity_id').equals('s2').modify({ state: 'sending' })
  const mend = breakReading(db.outbox, ({ entity_id }) => entity_id !== 's1')
  try {
    expect(await phone.cycle(push)).toBe('done')
    expect(phone.server.effects.map((one) => one.text)).toEqual(['first'])
    await eraseStaff() // an unreadable op must not prevent signing out
  } finally {
    mend()
  }
  expect(await db.outbox.count()).toBe(2)
})

test('an op about a seat is sent alone, in its turn', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'before' })
  for (const id of ['s2', 's3'])
    await enqueue(
      { kind: 'registration.submit', entity_id: id, payload: { text: 'seat' } },
      undefined,
      silent,
    )
  await submit('s4', { text: 'after' })
  await phone.cycle(push)
  expect(entitiesOf(phone)).toEqual([['s1'], ['s2'], ['s3'], ['s4']])
})

test('an unreadable op stays in the outbox and holds back neither other ops nor the pull', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'first' })
  await submit('s2', { text: 'broken' })
  await submit('s3', { text: 'last' })
  const mend = breakReading(db.outbox, ({ entity_id }) => entity_id === 's2')
  try {
    expect(await phone.cycle({ ...ALL, hurry: 'person' })).toBe('done')
    expect(phone.server.effects.map((one) => one.text)).toEqual(['first', 'last'])
    expect(await untilPush(phone.clock)).toBeNull()
  } finally {
    mend()
  }
  expect(await db.base.where({ scope: 'mine:s3', entity: 'submission' }).count()).toBe(1)
  expect(await db.outbox.toArray()).toMatchObject([{ entity_id: 's2', payload: { text: 'broken' } }])
})

test('ops behind an unreadable op of the same entity wait, and are sent in order once it can be read', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'broken' })
  await later('s1', { text: 'after' }, 'submission.withdraw')
  await submit('s2', { text: 'fine' })
  const [damaged] = await db.outbox.where('entity_id').equals('s1').primaryKeys()
  const mend = breakReading(db.outbox, ({ seq }) => seq === damaged)
  try {
    expect(await phone.cycle(push)).toBe('done')
    expect(phone.server.effects.map((one) => one.entity_id)).toEqual(['s2'])
    expect(await untilPush(phone.clock)).toBe(null)
  } finally {
    mend()
  }
  await phone.settle()
  expect(phone.server.effects.map((one) => one.text)).toEqual(['fine', 'broken', 'after'])
})

test('an unreadable op of one member does not hold back another member’s op on the same entity', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'x' })
  await phone.cycle(push)
  for (const actor of ['ana', 'beto'])
    await enqueue(
      { kind: 'review.decide', entity_id: 's1', payload: { text: actor }, actor },
      undefined,
      silent,
    )
  phone.session = { token: 'beto-token', user_id: 'beto' }
  const mend = breakReading(db.outbox, ({ actor }) => actor === 'ana')
  try {
    await phone.cycle(push)
  } finally {
    mend()
  }
  expect(phone.network.tokens.at(-1)).toBe('Bearer beto-token')
})

test('an unreadable item prevents no verdict from being written', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'one' })
  await submit('s2', { text: 'two' })
  const mend = breakReading(db.items, ({ id }) => id === 's1')
  try {
    expect(await phone.cycle(push)).toBe('done')
  } finally {
    mend()
  }
  expect(await db.outbox.count()).toBe(0)
  expect(phone.network.batches).toHaveLength(1)
})

test('the second op of an entity waits for the verdict of the first', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'first' })
  await later('s1', { text: 'second' })
  await submit('s2', { text: 'other' })
  await phone.cycle(push)
  expect(entitiesOf(phone)).toEqual([['s1', 's2'], ['s1']])
  expect(phone.server.effects.map((one) => one.text)).toEqual(['first', 'other', 'second'])
})

test('a batch stays under 256 KiB of text, counted in bytes', async () => {
  const phone = new Phone()
  for (let index = 0; index < 4; index += 1) await submit(`s${index}`, { text: 'ñ'.repeat(50_000) })
  await phone.cycle(push)
  expect(entitiesOf(phone)).toEqual([
    ['s0', 's1'],
    ['s2', 's3'],
  ])
})

test('120 ops are sent in batches of fifty', async () => {
  const phone = new Phone()
  for (let index = 0; index < 120; index += 1) await submit(`s${index}`, { text: 'x' })
  expect(await phone.cycle(push)).toBe('done')
  expect(phone.network.batches.map((ops) => ops.length)).toEqual([50, 50, 20])
  expect(phone.server.effects).toHaveLength(120)
  expect(await db.outbox.count()).toBe(0)
})
