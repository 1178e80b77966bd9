/** Proves that the checks of the media promises 9, 10 and 11 can fail: each does after a function is broken. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { dropBytes } from '@/data/mediaRows'
import { wipe } from '@/sync/testing/phone'
import { followArrivals } from './arrival'
import { readRange } from './bytes'
import { findMarks } from './strip'
import { mp4 } from './testing/files'
import { XYZ, expectKeptUntilVerified, expectNoPlace, expectSameBytes } from './testing/promises'
import { SendingPhone, bytesOf } from './testing/sender'
import { TusServer } from './testing/tusServer'

vi.mock('./arrival', { spy: true })
vi.mock('./bytes', { spy: true })
vi.mock('./strip', { spy: true })

const BYTES = bytesOf(3 * 2 ** 20 + 777)
const tagged = () => new Blob([mp4(), new Uint8Array(XYZ)])

let server: TusServer
beforeEach(async () => {
  await wipe()
  server = new TusServer()
  await server.listen()
})
afterEach(async () => {
  vi.resetAllMocks()
  await server.close()
})

async function dropWhatWasSent(): Promise<void> {
  const sent = await db.media.where('state').equals('uploaded').toArray()
  for (const { id } of sent) await dropBytes(id)
}

const phone = () => new SendingPhone(server)

test.each<[string, () => unknown, () => Promise<unknown>, string]>([
  [
    'promise 9: a phone sends other bytes than it sealed',
    () =>
      vi
        .mocked(readRange)
        .mockImplementation((_, start, end) => Promise.resolve(new Uint8Array(end - start))),
    () => expectSameBytes(phone(), BYTES),
    'the bytes that were sealed',
  ],
  [
    'promise 10: a phone deletes the bytes after the upload',
    () => vi.mocked(followArrivals).mockImplementation(dropWhatWasSent),
    () => expectKeptUntilVerified(phone(), BYTES),
    'the bytes stay',
  ],
  [
    'promise 11: a phone keeps the location',
    () => vi.mocked(findMarks).mockResolvedValue([]),
    () => expectNoPlace(tagged()),
    'not to contain',
  ],
])('the check fails for %s', async (_, sabotage, promise, words) => {
  await promise()
  await wipe()
  server.objects.clear()
  sabotage()
  await expect(promise()).rejects.toThrow(words)
})
