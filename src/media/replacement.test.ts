/** Another file for one that the server holds: sealed and announced together, sent after its op, dropped when replaced. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { db } from '@/data/db'
import type { OpKind } from '@/domain/ops'
import { discardOp } from '@/sync/discard'
import { wipe } from '@/sync/testing/phone'
import { stageMedia } from './store'
import { SendingPhone, bytesOf, sealed, secretOf, transferOf } from './testing/sender'
import { pullStatus } from './testing/promises'
import { TusServer } from './testing/tusServer'

const OLD = 'media-s1'
const NEW = 'new-s1'
const BYTES = bytesOf(70_000, 7)

let server: TusServer
let phone: SendingPhone

beforeEach(async () => {
  await wipe()
  server = new TusServer()
  await server.listen()
  phone = new SendingPhone(server)
})
afterEach(() => server.close())

/** A phone with a file that the server holds. */
async function held(): Promise<void> {
  await sealed('s1', bytesOf(100))
  await db.media.update(OLD, { state: 'uploaded' })
  await pullStatus('mismatch')
  await phone.run()
}

const replace = (id = NEW) =>
  stageMedia({
    id,
    submissionId: 's1',
    file: new Blob([BYTES]),
    mime: 'video/mp4',
    replacement: {
      held: OLD,
      announcing: (media) => ({
        kind: 'video.replace',
        entity_id: 's1',
        payload: { media, poster: null },
        secret: secretOf('s1'),
        expected_version: 3,
      }),
    },
  })

const opsOf = (kind: OpKind) => db.outbox.filter((op) => op.kind === kind).toArray()

/** The server accepts the op, as a verdict does. */
async function accept(): Promise<void> {
  const [op] = await opsOf('video.replace')
  await db.outbox.delete(op!.seq)
}

test('the new file is sealed, announced and put in the place of the held one in one step', async () => {
  await held()
  const { sha256 } = await replace()
  expect(await db.media.toArray()).toMatchObject([{ id: NEW, state: 'sealed', replaces: OLD }])
  expect(await db.mediaChunks.where('media_id').equals(OLD).count()).toBe(0)
  expect(await opsOf('video.replace')).toMatchObject([
    { entity_id: 's1', expected_version: 3, v: 1, payload: { media: { id: NEW, sha256 } } },
  ])
  expect(await db.overlay.count()).toBe(1)
})

test('a copy that fails leaves the held file and no op', async () => {
  await held()
  const stop = new AbortController()
  stop.abort(new Error('stopped'))
  await expect(
    stageMedia(
      {
        id: NEW,
        submissionId: 's1',
        file: new Blob([BYTES]),
        mime: 'video/mp4',
        replacement: { held: OLD, announcing: () => expect.unreachable() },
      },
      { signal: stop.signal },
    ),
  ).rejects.toThrow('stopped')
  expect((await db.media.toArray()).map(({ id }) => id)).toEqual([OLD])
  expect(await opsOf('video.replace')).toEqual([])
})

test('no byte of the new file leaves before the server has accepted its op, and then each once', async () => {
  await held()
  await replace()
  await phone.settle(2)
  expect(phone.requests).toEqual([])
  expect(await transferOf('s1', 'other')).toMatchObject({
    mediaId: NEW,
    state: 'waiting',
    reason: 'announced_first',
    replaces: OLD,
    announcing: expect.any(String),
  })
  await accept()
  await pullStatus('mismatch') // the last pull still brought the held file
  await phone.settle()
  expect([...server.objects.keys()]).toEqual([NEW])
  expect(await opsOf('video.attach')).toMatchObject([{ payload: { media_id: NEW } }])
  await pullStatus('verified', NEW)
  await phone.run()
  expect(await db.media.count()).toBe(0)
})

test('a refused op shows its reason, and nothing of the new file is sent or lost', async () => {
  await held()
  await replace()
  await db.outbox.toCollection().modify({ state: 'needs_person', code: 'conflict' })
  await phone.settle(2)
  expect(phone.requests).toEqual([])
  expect(await transferOf('s1', 'other')).toMatchObject({ state: 'needs_person', reason: 'conflict' })
  expect(await db.mediaChunks.where('media_id').equals(NEW).count()).toBe(1)
})

test('a person who does not want to send it deletes the new file with its op', async () => {
  await held()
  await replace()
  const [op] = await opsOf('video.replace')
  expect(await discardOp(op!.op_id)).toBe(true)
  expect([await db.media.count(), await db.mediaChunks.count(), await db.outbox.count()]).toEqual([0, 0, 0])
  await replace('another')
  expect(await db.media.count()).toBe(1)
})

test('a second file does not push out the one that is on its way, in another tab', async () => {
  await held()
  await replace()
  await expect(replace('third')).rejects.toMatchObject({ code: 'media_waits' })
  await accept()
  await expect(replace('third')).rejects.toMatchObject({ code: 'media_waits' })
  expect((await db.media.toArray()).map(({ id }) => id)).toEqual([NEW])
})

test.each(['uploaded', 'needs_person'] as const)(
  'a held file that is %s here and was replaced from another phone is deleted',
  async (state) => {
    await held()
    await db.media.update(OLD, { state })
    await pullStatus('awaiting_upload', 'from-another-phone')
    await phone.run()
    expect([await db.media.count(), await db.mediaChunks.count()]).toEqual([0, 0])
  },
)
