import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { db } from '@/data/db'
import { breakReading } from '@/data/testing/breakReading'
import { wipe } from '@/sync/testing/phone'
import { SendingPhone, bytesOf, mediaRow, sealed } from './testing/sender'
import { TusServer } from './testing/tusServer'
import { CHUNK_BYTES } from './tus'

const BYTES = bytesOf(CHUNK_BYTES + 99)

let server: TusServer
let phone: SendingPhone

beforeEach(async () => {
  await wipe()
  server = new TusServer()
  await server.listen()
  phone = new SendingPhone(server)
})
afterEach(() => server.close())

test.each(['429', '500', '423'] as const)(
  'status %s for an offset request delays the upload, and no byte is sent twice',
  async (fault) => {
    const { id, sha256 } = await sealed('s1', BYTES)
    phone.plan = ['ok', 'ok', 'lost']
    await phone.run()
    const sent = phone.bytesSent
    phone.clock += 600_000
    phone.plan = [fault]
    await phone.run()
    expect(phone.requests.at(-1)).toBe('HEAD')
    const { state, offset, not_before } = (await mediaRow('s1'))!
    expect({ state, offset }).toEqual({ state: 'probing', offset: CHUNK_BYTES })
    expect(not_before - phone.clock).toBeGreaterThanOrEqual(fault === '429' ? 7_000 : 1)
    await phone.settle()
    expect(server.objects.get(id)?.sha256).toBe(sha256)
    expect(phone.bytesSent - sent, 'only the missing bytes').toBe(99)
  },
)

test('two interrupted videos of the same size are not confused', async () => {
  const videos = [await sealed('s1', BYTES), await sealed('s2', bytesOf(BYTES.length, 7))]
  phone.plan = ['ok', 'ok', 'answer_lost']
  for (let round = 0; round < 4; round += 1) {
    await phone.run({ hurry: true })
    phone.plan = ['ok', 'ok', 'lost', 'ok', 'answer_lost']
  }
  await phone.settle()
  expect(videos[0]!.sha256).not.toBe(videos[1]!.sha256)
  for (const { id, sha256 } of videos) expect(server.objects.get(id)?.sha256).toBe(sha256)
})

test.each(['manifest', 'link'] as const)(
  'a %s row that cannot be read does not delay another video',
  async (what) => {
    await sealed('s1', BYTES)
    const { id, sha256 } = await sealed('s2', BYTES)
    const mend =
      what === 'link'
        ? breakReading(db.items, (item) => item.id === 's1')
        : breakReading(db.media, (media) => media.submission_id === 's1')
    try {
      await phone.settle()
    } finally {
      mend()
    }
    expect(server.objects.get(id)?.sha256).toBe(sha256)
    expect((await mediaRow('s1'))?.state).toBe('sealed')
  },
)

test('unreadable bytes are retried a few times, then need the person, and another video is sent', async () => {
  await sealed('s1', BYTES)
  await sealed('s2', BYTES)
  const mend = breakReading(db.mediaChunks, ({ media_id, seq }) => media_id === 'media-s1' && seq === 6)
  try {
    await phone.run()
    expect(await mediaRow('s1')).toMatchObject({ state: 'probing', attempts: 1, offset: CHUNK_BYTES })
    expect((await mediaRow('s1'))!.not_before).toBeGreaterThan(phone.clock)
    expect(await mediaRow('s2')).toMatchObject({ state: 'uploaded' })
    for (let time = 0; time < 8; time += 1) {
      phone.clock += 10 * 60_000
      await phone.run()
    }
    expect(await mediaRow('s1')).toMatchObject({ state: 'needs_person', code: 'media_lost' })
  } finally {
    mend()
  }
})
