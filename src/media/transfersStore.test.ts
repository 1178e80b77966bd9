import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { db, type MediaRow } from '@/data/db'
import { getSubmission } from '@/data/submissions'
import { wipe } from '@/sync/testing/phone'
import { bytesOf, sealed } from './testing/sender'
import { useTransfersStore } from './transfersStore'

const TIMEOUT = { timeout: 20_000 }

beforeEach(async () => {
  await wipe()
  setActivePinia(createPinia())
})
afterEach(() => vi.restoreAllMocks())

const given = (id: string, change: Partial<MediaRow>) => db.media.update(`media-${id}`, change)
/** An instant more than a minute after the rows were written, so that their samples do not count. */
const T = Date.now() + 60 * 60_000
const SENDING = { state: 'patching', upload_url: 'x' } as const

/** The store, after it has read the videos of these submissions. */
async function openStore(...ids: string[]) {
  const store = useTransfersStore()
  await vi.waitFor(() => expect([...store.bySubmission.keys()].sort()).toEqual(ids), TIMEOUT)
  return store
}

test.each([0, 1, 289, 290, 299, 570, 999, 1_000])(
  'the chip and the bar show the same percent when the server has %d bytes',
  async (offset) => {
    await sealed('s1', bytesOf(1_000))
    await given('s1', { ...SENDING, offset })
    await db.base.put({
      scope: 'mine:s1',
      entity: 'submission',
      id: 's1',
      row: {
        id: 's1',
        kind: 'videos',
        version: 1,
        state: 'received',
        content: { media: { status: 'awaiting_upload' } },
      },
    })
    const store = await openStore('s1')
    store.bytesLeft('media-s1', 1_000)
    const { chip, progress } = (await getSubmission('s1'))!
    expect(chip).toBe('sending')
    expect(store.bySubmission.get('s1')!.percent).toBe(Math.floor(progress! * 100))
  },
)

test('each video has its own remaining time, which follows the bytes that leave', async () => {
  await sealed('s1', bytesOf(1_000))
  await sealed('s2', bytesOf(1_000))
  await given('s1', SENDING)
  await given('s2', SENDING)
  const store = await openStore('s1', 's2')
  const clock = vi.spyOn(Date, 'now')
  const left = async (at: number, sent: number) => {
    clock.mockReturnValue(at)
    store.bytesLeft('media-s1', sent)
    await nextTick()
  }
  await left(T, 100)
  expect(store.remainingS(store.bySubmission.get('s1')!, T)).toBeNull()
  await left(T + 10_000, 200)
  expect(store.remainingS(store.bySubmission.get('s1')!, T + 10_000), '10 bytes a second').toBe(80)
  expect(store.remainingS(store.bySubmission.get('s2')!, T + 10_000)).toBeNull()
})

test('a video that stops sending or is deleted has no remaining time', async () => {
  await sealed('s1', bytesOf(1_000))
  await given('s1', SENDING)
  const store = await openStore('s1')
  const clock = vi.spyOn(Date, 'now').mockReturnValue(T)
  store.bytesLeft('media-s1', 100)
  await nextTick()
  clock.mockReturnValue(T + 10_000)
  store.bytesLeft('media-s1', 200)
  await nextTick()
  expect(store.remainingS(store.bySubmission.get('s1')!, T + 10_000)).toBe(80)
  clock.mockRestore()
  store.sendingEnded()
  await given('s1', { paused: true })
  await vi.waitFor(() => expect(store.bySubmission.get('s1')!.state).toBe('paused'), TIMEOUT)
  expect(store.remainingS(store.bySubmission.get('s1')!, T + 10_000)).toBeNull()
  await given('s1', { paused: false })
  await vi.waitFor(() => expect(store.bySubmission.get('s1')!.state).toBe('sending'), TIMEOUT)
  expect(store.remainingS(store.bySubmission.get('s1')!, T + 10_000)).toBeNull()
  await db.media.clear()
  await vi.waitFor(() => expect(store.bySubmission.size).toBe(0), TIMEOUT)
})
