// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPinia, setActivePinia } from 'pinia'
import { createApp, effectScope, nextTick, shallowRef } from 'vue'
import { db, type OutboxOp } from '@/data/db'
import { getReply, saveReply } from '@/data/staff/replies'
import type { StaffItem } from '@/domain/staffRows'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { useTranscript } from './useTranscript'

const item = (version: number, transcript: string | null) =>
  ({ id: 'v1', version, kind: 'videos', content: { transcript, transcribed: true } }) as StaffItem<'videos'>
const stopped = {
  seq: 1,
  op_id: 'o1',
  kind: 'video.transcribe',
  entity_id: 'v1',
  actor: 'yo',
  payload: { transcript: 'Lo mío.' },
  expected_version: 1,
  state: 'needs_person',
  code: 'conflict',
  current: item(2, 'Lo suyo.'),
} as unknown as OutboxOp

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
  setActivePinia(createPinia())
  vi.spyOn(console, 'warn').mockImplementation(() => undefined) // Vue warns, because this app has no router
})
afterEach(() => vi.restoreAllMocks())

async function begin(ops: OutboxOp[], transcript: string | null) {
  await db.outbox.bulkAdd(ops)
  const now = shallowRef(item(2, transcript))
  const session = useStaffSessionStore()
  session.open({ user_id: 'yo', email: '' })
  await vi.waitFor(() => expect(session.ops).toHaveLength(ops.length), { timeout: 20_000 })
  const app = createApp({})
  const form = app.runWithContext(() => effectScope().run(() => useTranscript('v1', () => now.value)))!
  await new Promise((resolve) => setTimeout(resolve, 50)) // the form reads the stored transcript
  return { form, now }
}
const kept = () => getReply('yo', 'v1', 'transcript')
const waiting = async () =>
  (await db.outbox.toArray()).map(({ payload, expected_version }) => ({ payload, expected_version }))

test('the form shows the text of a refused op, which is deleted only when a new op replaces it', async () => {
  const { form } = await begin([stopped], 'Lo suyo.')
  expect([form.text.value, form.isBehind.value]).toEqual(['Lo mío.', true])
  form.text.value = 'Lo mío, corregido.'
  form.touch()
  const full = vi
    .spyOn(db.meta, 'bulkDelete')
    .mockRejectedValue(new DOMException('full', 'QuotaExceededError'))
  await expect(form.save()).rejects.toThrow('storage_full')
  expect(await waiting()).toEqual([{ payload: { transcript: 'Lo mío.' }, expected_version: 1 }])
  expect(await kept()).toEqual({ text: 'Lo mío, corregido.', over: 'Lo suyo.' })
  full.mockRestore()
  await form.save()
  expect(await waiting()).toEqual([{ payload: { transcript: 'Lo mío, corregido.' }, expected_version: 2 }])
  expect(await kept()).toBeUndefined()
})

test('saving a transcript keeps a reply to the author that is being written', async () => {
  await saveReply('yo', 'v1', 'reject', { message: 'No.' })
  const { form } = await begin([], null)
  form.text.value = 'Lo mío.'
  form.touch()
  await form.save()
  expect(await getReply('yo', 'v1', 'reject')).toEqual({ message: 'No.' })
})

test('the form tells that somebody saved another transcript and keeps the typed text', async () => {
  const { form, now } = await begin([], null)
  form.text.value = 'Lo mío.'
  form.touch()
  now.value = item(3, 'Lo suyo.')
  await nextTick()
  expect([form.text.value, form.isBehind.value]).toEqual(['Lo mío.', true])
  await form.useSaved()
  expect([form.text.value, form.isBehind.value, await kept()]).toEqual(['Lo suyo.', false, undefined])
})

test.each([
  ['without a saved transcript', 'Lo mío.', null, false],
  ['with another saved transcript', 'Lo mío.', 'Lo suyo.', true],
])(
  'a text stored by an earlier version of the app returns to the form %s',
  async (_, text, saved, isBehind) => {
    await saveReply('yo', 'v1', 'transcript', text)
    const { form } = await begin([], saved)
    expect([form.text.value, form.isBehind.value]).toEqual([text, isBehind])
  },
)

test('a form in which nothing was typed shows the saved transcript', async () => {
  const { form, now } = await begin([], 'Una.')
  now.value = item(3, 'Otra.')
  await nextTick()
  expect([form.text.value, form.isBehind.value]).toEqual(['Otra.', false])
})
