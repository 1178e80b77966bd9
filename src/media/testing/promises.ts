/** The promises about a video, as checks. Tests run them, and sabotage tests prove that they can fail. */
import { expect } from 'vitest'
import { db } from '@/data/db'
import { readRange } from '../bytes'
import { stageMedia } from '../store'
import { box, text } from './files'
import { mediaRow, sealed, type SendingPhone } from './sender'

/** The server receives exactly the bytes that were sealed on the phone. */
export async function expectSameBytes(phone: SendingPhone, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const { id, sha256 } = await sealed('s1', bytes)
  await phone.settle()
  expect(phone.server.objects.get(id), 'the bytes that were sealed').toMatchObject({
    size: bytes.length,
    sha256,
  })
}

/** Writes the server's status of the video, as a pull does. */
export const pullStatus = (status: string, mediaId = 'media-s1') =>
  db.base.put({
    scope: 'mine:s1',
    entity: 'submission',
    id: 's1',
    row: { content: { media: { id: mediaId, status } } },
  })

/** The bytes stay on the phone until the server has verified its copy, and are deleted then. */
export async function expectKeptUntilVerified(
  phone: SendingPhone,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await sealed('s1', bytes)
  const rows = await db.mediaChunks.count()
  await phone.settle()
  expect(await mediaRow('s1')).toMatchObject({ state: 'uploaded' })
  for (const status of ['awaiting_upload', 'attached', 'mismatch', 'expired']) {
    await pullStatus(status)
    await phone.run()
    expect(await db.mediaChunks.count(), `${status}: the bytes stay`).toBe(rows)
  }
  await pullStatus('verified')
  await phone.run()
  expect([await db.mediaChunks.count(), await db.media.count()]).toEqual([0, 0])
}

/** A location, and the box in which an Android phone stores it. */
export const PLACE = '+19.2826-099.6557/'
export const XYZ = box('udta', box('\u00a9xyz', [0, PLACE.length, 0x15, 0xc7], text(PLACE)))

const words = (bytes: Uint8Array) => String.fromCharCode(...bytes)

/** The phone's copy of a file with a location does not contain that location. Returns the copy. */
export async function expectNoPlace(file: Blob): Promise<Uint8Array> {
  expect(words(new Uint8Array(await file.arrayBuffer())), 'the test has something to find').toContain(PLACE)
  const id = crypto.randomUUID()
  const { bytes } = await stageMedia({ id, submissionId: 's1', file, mime: 'video/mp4' })
  const clean = new Uint8Array(await readRange(id, 0, bytes))
  expect(words(clean)).not.toContain(PLACE)
  expect(words(clean)).not.toContain('location')
  return clean
}
