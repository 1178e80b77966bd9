import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '@/data/db'
import { wipe } from '@/sync/testing/phone'
import { SendingPhone, bytesOf, mediaRow, sealed } from './testing/sender'
import { expectKeptUntilVerified, tell } from './testing/promises'
import { TusServer } from './testing/tusServer'

beforeEach(wipe)

/** The phone without anything free to go: only news are followed. */
async function follow(state: 'uploaded' | 'probing', status: string, mediaId?: string) {
  await sealed('s1', bytesOf(10))
  await db.media.toCollection().modify({ state, paused: true })
  await tell(status, mediaId)
  await new SendingPhone({} as TusServer).run()
  return mediaRow('s1')
}

test.each(['verified', 'removed'])('%s: the bytes leave the phone', async (status) => {
  expect(await follow('uploaded', status)).toBeUndefined()
  expect(await db.mediaChunks.count()).toBe(0)
})

test.each(['mismatch', 'expired'])('%s needs the person, and the bytes stay', async (status) => {
  expect(await follow('uploaded', status)).toMatchObject({ state: 'needs_person', code: `media_${status}` })
  expect(await db.mediaChunks.count()).toBe(1)
})

test('attached, whoever said so: nothing is left to send', async () => {
  expect(await follow('probing', 'attached')).toMatchObject({ state: 'uploaded' })
})

test.each([
  ['awaiting_upload', 'media-s1'],
  ['verified', 'another'],
])('%s of %s changes nothing', async (status, mediaId) => {
  expect(await follow('probing', status, mediaId)).toMatchObject({ state: 'probing' })
})

test('sent, announced, even refused: only bytes that the server proved whole leave the phone', async () => {
  const server = new TusServer()
  await server.listen()
  await expectKeptUntilVerified(new SendingPhone(server), bytesOf(2 * 2 ** 20 + 5)).finally(() =>
    server.close(),
  )
})
