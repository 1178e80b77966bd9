// @vitest-environment happy-dom
/** What staff write down of a voice note: nothing typed is lost, and nobody's text is replaced unseen. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPinia, setActivePinia } from 'pinia'
import { createApp, effectScope, nextTick, shallowRef } from 'vue'
import { db, type OutboxOp } from '@/data/db'
import { getReply } from '@/data/staff/replies'
import type { StaffItem } from '@/domain/staffRows'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import type { Publication } from '@/staff/kinds'
import { island } from '../island'
import { useTranscription } from './useTranscription'

const item = (version: number, body: string | null) =>
  ({
    id: 'p1',
    version,
    kind: 'propuestas',
    content: { body: body ?? 'Nota de voz', voice: { written: body !== null, kept: false } },
  }) as StaffItem<'propuestas'>
const stopped = {
  seq: 1,
  op_id: 'o1',
  kind: 'propuesta.transcribe',
  entity_id: 'p1',
  actor: 'yo',
  payload: { transcript: 'Lo que oí.' },
  expected_version: 1,
  state: 'needs_person',
  code: 'conflict',
} as unknown as OutboxOp

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
  setActivePinia(createPinia())
  vi.spyOn(console, 'warn').mockImplementation(() => undefined) // Vue warns, because this app has no router
})
afterEach(() => vi.restoreAllMocks())

async function begin(ops: OutboxOp[], body: string | null) {
  await db.outbox.bulkAdd(ops)
  const now = shallowRef(item(2, body))
  const session = useStaffSessionStore()
  session.open({ user_id: 'yo', email: '' })
  await vi.waitFor(() => expect(session.ops).toHaveLength(ops.length), { timeout: 20_000 })
  const scope = effectScope()
  const form = createApp({}).runWithContext(() => scope.run(() => useTranscription('p1', () => now.value)))!
  await vi.waitFor(() => expect(form.isFound.value).toBe(true))
  return { form, now }
}
const kept = () => getReply('yo', 'p1', 'voice')
const waiting = async () =>
  (await db.outbox.toArray()).map(({ kind, payload, expected_version }) => [kind, payload, expected_version])

test('a proposal that nobody has written down is said to be unfit to publish, before somebody tries', () => {
  const { obstacleOf } = island.publication as Publication<'propuestas'>
  expect(obstacleOf!(item(1, null))).toBe('Todavía falta escribir lo que dice la grabación.')
  expect(obstacleOf!(item(1, 'Que se lea en la plaza.'))).toBeNull()
})

test('the form begins empty while nobody wrote it, and its op names the version that the member saw', async () => {
  const { form } = await begin([], null)
  expect(form.text.value).toBe('')
  form.text.value = ' Que se lea en la plaza. '
  form.keeping.touch()
  await form.save()
  expect(await waiting()).toEqual([['propuesta.transcribe', { transcript: 'Que se lea en la plaza.' }, 2]])
  expect(await kept()).toBeUndefined()
})

test('a refused text comes back into the form, and a new op takes its place', async () => {
  const { form } = await begin([stopped], null)
  expect(form.text.value).toBe('Lo que oí.')
  form.text.value = 'Lo que oí, mejor escrito.'
  form.keeping.touch()
  await form.save()
  expect(await waiting()).toEqual([['propuesta.transcribe', { transcript: 'Lo que oí, mejor escrito.' }, 2]])
})

test('a text that somebody else saved meanwhile is told, and what was typed stays', async () => {
  const { form, now } = await begin([], null)
  form.text.value = 'Lo mío.'
  form.keeping.touch()
  now.value = item(3, 'Lo suyo, que es más largo.')
  await nextTick()
  expect([form.text.value, form.isBehind.value]).toEqual(['Lo mío.', true])
  await form.keeping.flush()
  expect(await kept()).toEqual({ text: 'Lo mío.', over: '' })
})
