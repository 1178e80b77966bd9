import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { wipe } from '@/sync/testing/phone'
import { readRange } from '../bytes'
import { discardMedia, mediaOf, sweepMedia } from '../store'
import { keepSound } from '../voice/keepSound'
import { appendSlice, beginRecording, leftRecording } from './recordings'

const measured = vi.hoisted(() => ({ durationMs: null as number | null }))
vi.mock('../measure', () => ({ measure: () => Promise.resolve(measured) }))

beforeEach(async () => {
  await wipe()
  measured.durationMs = null
})

const DRAFT = 's1'
/** Records so many seconds, and ends as a page that dies: nothing is said or closed. */
async function record(seconds: number): Promise<void> {
  const id = await beginRecording(DRAFT, 'audio/webm')
  for (let seq = 0; seq < seconds; seq += 1) await appendSlice(id, seq, new Blob([`${seq},`]))
}

test('what was recorded survives the end of its page, in the order of its seconds', async () => {
  await record(12)
  const left = await leftRecording(DRAFT)
  expect(await left!.file.text()).toBe('0,1,2,3,4,5,6,7,8,9,10,11,')
  expect(left).toMatchObject({ mime: 'audio/webm', seconds: 12 })
  expect(await leftRecording('s2')).toBeNull()
})

test('the sweep of abandoned copies leaves it, and nothing sends it before somebody keeps it', async () => {
  await record(2)
  await sweepMedia(Date.now() + 30 * 24 * 60 * 60_000)
  expect(await leftRecording(DRAFT)).toMatchObject({ seconds: 2 })
  expect(await mediaOf(DRAFT)).toBeUndefined()
})

test('another recording takes its place, and discarding the draft deletes it', async () => {
  await record(3)
  await record(1)
  expect(await leftRecording(DRAFT)).toMatchObject({ seconds: 1 })
  await discardMedia(DRAFT)
  expect(await leftRecording(DRAFT)).toBeNull()
  expect(await db.mediaChunks.count()).toBe(0)
})

test('keeping it seals one file with its hash, and deletes the slices in the same transaction', async () => {
  await record(3)
  measured.durationMs = 2_640
  const kept = await keepSound(DRAFT, (await leftRecording(DRAFT))!)
  expect(kept).toMatchObject({ bytes: 6, mime: 'audio/webm', duration_ms: 2_640 })
  expect(new TextDecoder().decode(await readRange(kept.id, 0, kept.bytes))).toBe('0,1,2,')
  expect(await mediaOf(DRAFT)).toMatchObject({ id: kept.id, state: 'sealed', sha256: kept.sha256 })
  expect(await leftRecording(DRAFT)).toBeNull()
  expect(await db.media.count()).toBe(1)
})

test.each([
  ['a length that the browser cannot tell', null, 3, 3_000],
  ['a length that the browser tells', 90_300, 91, 90_300],
])('%s is taken from the slices otherwise', async (_, durationMs, seconds, expected) => {
  await record(seconds)
  measured.durationMs = durationMs
  expect((await keepSound(DRAFT, (await leftRecording(DRAFT))!)).duration_ms).toBe(expected)
})

test.each([
  ['media_too_short', 999],
  ['media_too_long', 92_001],
])('a sound of the wrong length is refused as %s, and stays', async (code, durationMs) => {
  await record(2)
  measured.durationMs = durationMs
  await expect(keepSound(DRAFT, (await leftRecording(DRAFT))!)).rejects.toMatchObject({ code })
  expect(await leftRecording(DRAFT)).toMatchObject({ seconds: 2 })
})
