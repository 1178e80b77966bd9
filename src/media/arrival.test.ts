import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '@/data/db'
import { wipe } from '@/sync/testing/phone'
import { SendingPhone, bytesOf, mediaRow, sealed } from './testing/sender'
import { expectKeptUntilVerified, pullStatus } from './testing/promises'
import { TusServer } from './testing/tusServer'

beforeEach(wipe)

/** Runs the uploader with a paused video, so that the run only applies the pulled status. */
async function applyStatus(state: 'uploaded' | 'probing', status: string, mediaId?: string) {
  await sealed('s1', bytesOf(10))
  await db.media.toCollection().modify({ state, paused: true })
  await pullStatus(status, mediaId)
  await new SendingPhone({} as TusServer).run()
  return mediaRow('s1')
}

test.each(['verified', 'removed'])('a video with status %s is deleted from the phone', async (status) => {
  expect(await applyStatus('uploaded', status)).toBeUndefined()
  expect(await db.mediaChunks.count()).toBe(0)
})

test.each(['mismatch', 'expired'])('a video with status %s needs the person and stays', async (status) => {
  expect(await applyStatus('uploaded', status)).toMatchObject({
    state: 'needs_person',
    code: `media_${status}`,
  })
  expect(await db.mediaChunks.count()).toBe(1)
})

test('a video that another device attached counts as uploaded', async () => {
  expect(await applyStatus('probing', 'attached')).toMatchObject({ state: 'uploaded' })
})

test.each([
  ['awaiting_upload', 'media-s1'],
  ['verified', 'another'],
])('a pulled status %s of media %s does not change the upload', async (status, mediaId) => {
  expect(await applyStatus('probing', status, mediaId)).toMatchObject({ state: 'probing' })
})

test('the phone keeps a video’s bytes until the server has verified its copy', async () => {
  const server = new TusServer()
  await server.listen()
  await expectKeptUntilVerified(new SendingPhone(server), bytesOf(2 * 2 ** 20 + 5)).finally(() =>
    server.close(),
  )
})
