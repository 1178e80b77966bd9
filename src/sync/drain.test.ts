import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '@/data/db'
import { listSubmissions } from '@/data/submissions'
import { runCycle } from './engine'
import { enqueue } from './enqueue'
import { ALL, later, Phone, silent, submit, wipe } from './testing/phone'

beforeEach(wipe)

const decide = (entity: string, actor: string, conflict = false) =>
  enqueue(
    { kind: 'review.decide', entity_id: entity, payload: { text: 'yes', conflict }, actor },
    undefined,
    silent,
  )
const push = { ...ALL, reach: 'none' } as const

test('a refused op keeps its payload, with code and field, and later ops of the entity wait', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'short', refuse: 'body_too_short' })
  await later('s1', { text: 'after' }, 'submission.withdraw')
  expect(await phone.cycle(push)).toBe('done')
  expect(await db.outbox.orderBy('seq').toArray()).toMatchObject([
    { state: 'needs_person', code: 'body_too_short', field: 'body', payload: { text: 'short' } },
    { state: 'queued', payload: { text: 'after' } },
  ])
  const [view] = await listSubmissions()
  expect(view).toMatchObject({ chip: 'needs_attention', refusal: { code: 'body_too_short', field: 'body' } })
  expect(view!.pending.map((op) => op.kind)).toEqual(['propuesta.submit', 'submission.withdraw'])
})

test('after a conflict the op keeps both versions, so that the person can choose', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'theirs' })
  await later('s1', { text: 'mine', conflict: true })
  await phone.cycle(push)
  expect(await db.outbox.toArray()).toMatchObject([
    { state: 'needs_person', code: 'conflict', payload: { text: 'mine' }, current: { version: 1 } },
  ])
})

test('an op that the server asks to retry is sent later, and other entities do not wait for it', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'busy', busy: 2 })
  await submit('s2', { text: 'free' })
  await phone.cycle(push)
  expect(phone.server.effects.map((one) => one.entity_id)).toEqual(['s2'])
  expect(await db.outbox.toArray()).toMatchObject([{ state: 'retry_wait', code: 'busy' }])
  await phone.settle()
  expect(phone.server.effects).toHaveLength(2)
})

test('ops that wait for a paused campaign slow down nothing else, and each is asked about once in its wait', async () => {
  const phone = new Phone()
  for (const entity of ['s1', 's2']) await submit(entity, { text: 'paused', refuse: 'convocatoria_paused' })
  expect(await phone.cycle(push)).toBe('done')
  await submit('s3', { text: 'free' })
  expect(await phone.cycle(push)).toBe('done')
  expect(phone.server.effects.map((one) => one.entity_id)).toEqual(['s3'])
  expect(phone.network.batches.map((batch) => batch.length)).toEqual([2, 1])
  expect(await db.outbox.toArray()).toMatchObject([
    { state: 'retry_wait', code: 'convocatoria_paused', payload: { text: 'paused' } },
    { state: 'retry_wait', code: 'convocatoria_paused' },
  ])
})

test.each(['portal', 'portal_json', '500', 'stall', 'lost', 'answer_lost'] as const)(
  'after the fault %s no op counts as received, and the next calls have one effect',
  async (fault) => {
    const phone = new Phone()
    await submit('s1', { text: 'x' })
    phone.network.plan = [fault]
    expect(await phone.cycle(push)).toBe('failed')
    expect(await db.outbox.toArray()).toMatchObject([{ state: 'retry_wait', attempts: expect.any(Number) }])
    expect((await listSubmissions())[0]).toMatchObject({ chip: 'unsent', folio: null, row: null })
    await phone.settle()
    expect(phone.server.effects).toHaveLength(1)
    expect((await listSubmissions())[0]).toMatchObject({ chip: 'received', folio: expect.any(String) })
  },
)

test('no call is made before the time of Retry-After', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'x' })
  phone.network.plan = ['429']
  await phone.cycle(push)
  phone.clock += 6_900
  await phone.cycle(push)
  expect(phone.network.batches).toHaveLength(1)
  phone.clock += 200
  await phone.cycle(push)
  expect(phone.server.effects).toHaveLength(1)
})

test('the returning signal ends the channels’ waits; a person’s request also ends the ops’ waits', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'x' })
  phone.network.plan = ['lost', '500']
  await phone.cycle(push)
  await phone.cycle({ hurry: 'network', reach: 'none' })
  expect(phone.network.batches).toHaveLength(2)
  await phone.cycle({ hurry: 'person', reach: 'none' })
  expect(phone.server.effects).toHaveLength(1)
})

test('a citizen’s op is sent without a token, even with staff signed in; a staff op with its author’s token', async () => {
  const phone = new Phone()
  phone.session = { token: 'ana-token', user_id: 'ana' }
  await submit('s1', { text: 'x' })
  await phone.cycle(push)
  await decide('s2', 'ana')
  await phone.cycle(push)
  expect(phone.network.tokens).toEqual([null, 'Bearer ana-token'])
  expect(phone.network.batches.flat().map((op) => 'actor' in op)).toEqual([false, false])
})

test('ops of a member who is not signed in are neither sent nor erased; they are sent when that member signs in', async () => {
  const phone = new Phone()
  await decide('s1', 'ana')
  phone.session = { token: 'beto-token', user_id: 'beto' }
  await decide('s1', 'beto')
  await phone.cycle(push)
  expect(phone.network.batches.flat()).toHaveLength(1)
  expect(await db.outbox.where('entity_id').equals('s1').first()).toMatchObject({
    actor: 'ana',
    state: 'blocked_auth',
  })
  phone.session = null
  await phone.cycle(push)
  expect(phone.network.batches.flat()).toHaveLength(1)
  phone.session = { token: 'ana-token', user_id: 'ana' }
  await phone.cycle(push)
  expect(phone.network.tokens).toEqual(['Bearer beto-token', 'Bearer ana-token'])
})

test('an answer for a member who signed out during the call is not written; after signing in they get it again', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'x' })
  await phone.cycle(push)
  phone.session = { token: 'ana-token', user_id: 'ana' }
  await decide('s1', 'ana', true)
  const { rpc } = phone.network
  const signsOut: typeof rpc = async (...call) => {
    const answer = await rpc(...call)
    if (call[0] === 'apply_ops') phone.session = null
    return answer as never
  }
  await runCycle({ ...phone.engine(), rpc: signsOut }, push)
  expect(phone.network.batches).toHaveLength(2)
  expect(await db.outbox.toArray()).toMatchObject([{ state: 'sending', current: null }])
  await phone.cycle(push)
  expect(await db.outbox.toArray()).toMatchObject([{ state: 'blocked_auth', current: null }])
  phone.session = { token: 'ana-token', user_id: 'ana' }
  await phone.cycle(push)
  expect(await db.outbox.toArray()).toMatchObject([{ code: 'conflict', current: { version: 1 } }])
})

test.each(['second_factor_needed', 'session_ended'])(
  'an op that the server puts off with %s is kept until its member has signed in, and is sent then',
  async (code) => {
    const phone = new Phone()
    await submit('s1', { text: 'x' })
    await phone.cycle(push)
    phone.session = { token: 'ana-token', user_id: 'ana' }
    await decide('s1', 'ana')
    const { op_id } = (await db.outbox.toArray())[0]!
    const verdicts = [{ op_id, status: 'retry', after_ms: 0, code }]
    const { rpc } = phone.network
    const putsOff: typeof rpc = async (...call) =>
      call[0] === 'apply_ops' ? ({ now: new Date().toISOString(), verdicts } as never) : rpc(...call)
    await runCycle({ ...phone.engine(), rpc: putsOff }, push)
    expect(await db.outbox.toArray()).toMatchObject([{ state: 'blocked_auth', code }])
    await phone.settle()
    expect(phone.network.batches.flat().at(-1)?.op_id).toBe(op_id)
    expect(await db.outbox.where('state').equals('blocked_auth').count()).toBe(0)
  },
)

test('citizens’ ops are sent when no staff is signed in', async () => {
  const phone = new Phone()
  await decide('s1', 'ana')
  await submit('s2', { text: 'x' })
  expect(await phone.cycle(push)).toBe('done')
  expect(phone.server.effects.map((one) => one.entity_id)).toEqual(['s2'])
})
