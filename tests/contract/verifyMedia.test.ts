/** The function verify-media: detecting a file's type, and recording a job that storage refuses. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { typeOf } from '../../supabase/functions/verify-media/contents'
import { createHandler } from '../../supabase/functions/verify-media/handler'
import type { MediaJob } from '../../supabase/functions/verify-media/job'
import { objectsAt } from '../../supabase/functions/_shared/objects'
import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import { target } from './clients'

/** An `ftyp` box with its major brand, version and compatible brands. */
function ftyp(main: string, ...compatible: string[]): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(16 + 4 * compatible.length)
  return Buffer.concat([size, Buffer.from(`ftyp${main}\0\0\0\0${compatible.join('')}`), Buffer.alloc(40)])
}
const ebml = (docType: string) =>
  Buffer.concat([
    Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282', 'hex'),
    Buffer.from([0x80 | docType.length]),
    Buffer.from(docType),
    Buffer.alloc(40),
  ])

test.each([
  ['video/mp4', ftyp('isom', 'iso2', 'avc1')],
  ['video/mp4', ftyp('mp42')],
  ['video/mp4', ftyp('what', 'ever', 'mp41')],
  ['video/quicktime', ftyp('qt  ', 'qt  ')],
  ['video/3gpp', ftyp('3gp4', 'isom')],
  ['video/webm', ebml('webm')],
  ['video/webm', ebml('webm\0\0')],
  ['application/octet-stream', ebml('matroska')],
  ['application/octet-stream', ftyp('heic', 'mif1')],
  ['application/octet-stream', ftyp('M4A ')],
  ['application/octet-stream', Buffer.from('<html><script>alert(1)</script></html>')],
  ['application/octet-stream', Buffer.from('ftyp')],
  ['application/octet-stream', Buffer.alloc(0)],
])('verify-media detects the type %s from the bytes', (type, bytes) =>
  expect(typeOf(new Uint8Array(bytes))).toBe(type),
)

describe('failed jobs', () => {
  /** Runs one job on the target's storage and returns the arguments that settled it. */
  async function run(job: Partial<MediaJob>, secretKey = target().secretKey): Promise<unknown[]> {
    const name = randomUUID()
    const queue: MediaJob[] = [
      {
        id: 7,
        kind: 'verify',
        bucket: 'videos-intake',
        object: name,
        public_object: `${name}.mp4`,
        poster: null,
        cues: null,
        former: null,
        rendition: null,
        mime: 'video/mp4',
        ...job,
      },
    ]
    const settled: unknown[] = []
    const handle = createHandler({
      callerSecret: 'shown',
      takeJobs: async () => queue.splice(0, 1),
      settleJob: async ({ id }, ...outcome) => void settled.push([id, ...outcome]),
      objects: objectsAt(target().url, secretKey),
    })
    await handle(new Request('http://localhost/', { method: 'POST', headers: secretHeader('shown') }))
    return settled
  }

  test('a missing object, a failed copy and an invalid poster are settled with a code', async () => {
    expect(await run({ kind: 'verify' })).toEqual([[7, null, 'object_missing (404)']])
    expect(await run({ kind: 'publish' })).toEqual([[7, null, 'copy_failed (404)']])
    expect(await run({ kind: 'publish', poster: btoa('GIF89a') })).toEqual([[7, null, 'poster_unfit (422)']])
  })

  test('removing an object that is already gone succeeds', async () => {
    expect(await run({ kind: 'unpublish' })).toEqual([[7, null, null]])
    expect(await run({ kind: 'erase' })).toEqual([[7, null, null]])
  })

  test('a refused deletion is settled as a failure, because the public copy is still there', async () => {
    const objects = objectsAt(target().url, target().secretKey)
    const kept = `${randomUUID()}.jpg`
    const picture = new Uint8Array(Buffer.from('ffd8ffe0', 'hex'))
    await objects.put('videos-public', kept, picture, 'image/jpeg')
    const asAnybody = await run({ kind: 'unpublish', public_object: kept }, target().publishableKey)
    expect(asAnybody).toEqual([[7, null, 'delete_refused (200)']])
    expect(await run({ kind: 'unpublish', public_object: kept })).toEqual([[7, null, null]])
  })
})

describe('one call', () => {
  const file = {
    bucket: 'b',
    object: 'o',
    public_object: 'o.mp4',
    mime: 'video/mp4',
    poster: null,
    cues: null,
    former: null,
    rendition: null,
  }
  const job = { kind: 'verify', ...file } as const
  const piece = new Uint8Array(1_000_000)

  const streamOf = (megabytes: number) =>
    new ReadableStream<Uint8Array>({
      start: (stream) => {
        for (let sent = 0; sent < megabytes; sent += 1) stream.enqueue(piece)
        stream.close()
      },
    })

  /** How many of these jobs one call does, with a file of this many megabytes in each. */
  async function doneIn(jobs: number, megabytes: number): Promise<unknown> {
    const queue: MediaJob[] = Array.from({ length: jobs }, (_, id) => ({ id, ...job }))
    const handle = createHandler({
      callerSecret: 'shown',
      takeJobs: async () => queue.splice(0, 1),
      settleJob: async () => undefined,
      objects: {
        ...objectsAt('', ''),
        read: async () => streamOf(megabytes),
        readRange: async (_bucket, _name, start, end) => new DataView(new ArrayBuffer(end - start)),
      },
    })
    const request = new Request('http://localhost/', { method: 'POST', headers: secretHeader('shown') })
    return (await handle(request)).json()
  }

  test('ends after 300 MB and leaves the rest to the next one, within 2 s of CPU', async () => {
    expect(await doneIn(5, 150)).toEqual({ done: 2, failed: 0 })
  })

  test('ends after twenty small files', async () => {
    expect(await doneIn(25, 1)).toEqual({ done: 20, failed: 0 })
  })
})
