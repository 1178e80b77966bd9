/**
 * Does the pending jobs on the files of videos: reads and hashes uploads, copies published videos to the public
 * bucket, removes copies that are no longer published, and erases withdrawn videos. Originals never move to another
 * bucket. Portable: Deno serves it in production, and the embedded backend calls it in-process.
 */
import { createHash } from 'node:crypto'
import { answer, showsKey } from '../_shared/serviceKey.ts'
import { HEAD_BYTES, isJpeg, typeOf } from './contents.ts'
import { ObjectFailure, type Objects } from './objects.ts'

export interface MediaJob {
  id: number
  kind: 'verify' | 'publish' | 'unpublish' | 'erase'
  bucket: string
  object: string
  /** The name of the public copy, `<public id>.<extension>`. The poster's ends in `.jpg` instead. */
  public_object: string
  /** JPEG in base64. */
  poster: string | null
}

/** Facts of a file, from its own bytes. */
export interface Found {
  bytes: number
  sha256: string
  mime: string
}

export interface Collaborators {
  /** Callers must carry this key. */
  secretKey: string
  takeJobs(limit: number): Promise<MediaJob[]>
  /** `found` is set for a done job of kind verify. `error` is null for a done job, otherwise a code. */
  settleJob(id: number, found: Found | null, error: string | null): Promise<void>
  objects: Objects
}

const PUBLIC_BUCKET = 'videos-public'
const POSTER_BYTES = 65_536
const BUDGET_MS = 60_000 // ends the invocation before the platform does; the next one continues

/** Answers `{done, failed}`, or 401 without the key. Takes one job at a time, so that no lease runs while it waits. */
export function createHandler(collaborators: Collaborators): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!(await showsKey(request, collaborators.secretKey)))
      return answer(401, { message: 'Invalid API key' })
    if (request.method !== 'POST') return answer(405, { message: 'Method not allowed' })
    const counts = { done: 0, failed: 0 }
    const until = Date.now() + BUDGET_MS
    while (Date.now() < until) {
      const [job] = await collaborators.takeJobs(1)
      if (!job) break
      counts[await settle(job, collaborators)]++
    }
    return answer(200, counts)
  }
}

async function settle(job: MediaJob, { objects, settleJob }: Collaborators): Promise<'done' | 'failed'> {
  let found: Found | null
  try {
    found = await WORK[job.kind](objects, job)
  } catch (error) {
    await settleJob(job.id, null, error instanceof ObjectFailure ? error.message : 'media_failed')
    return 'failed'
  }
  await settleJob(job.id, found, null)
  return 'done'
}

const WORK: Record<MediaJob['kind'], (objects: Objects, job: MediaJob) => Promise<Found | null>> = {
  verify: async (objects, { bucket, object }) => await readThrough(await objects.read(bucket, object)),
  publish: async (objects, { bucket, object, public_object, poster }) => {
    const image =
      poster === null ? null : Uint8Array.from(atob(poster), (character) => character.charCodeAt(0))
    if (image && (!isJpeg(image) || image.length > POSTER_BYTES))
      throw new ObjectFailure('poster_unfit', '422')
    await objects.copy({ bucket, name: object }, { bucket: PUBLIC_BUCKET, name: public_object })
    if (image) await objects.put(PUBLIC_BUCKET, posterOf(public_object), image, 'image/jpeg')
    return null
  },
  unpublish: async (objects, { public_object }) => {
    await objects.remove(PUBLIC_BUCKET, [public_object, posterOf(public_object)])
    return null
  },
  erase: async (objects, { bucket, object }) => {
    await objects.remove(bucket, [object])
    return null
  },
}

const posterOf = (publicObject: string) => publicObject.replace(/\.[^.]+$/, '.jpg')

/** Size, SHA-256 and type of a stream, without holding it in memory as WebCrypto would. */
async function readThrough(stream: ReadableStream<Uint8Array>): Promise<Found> {
  const hash = createHash('sha256')
  const head = new Uint8Array(HEAD_BYTES)
  let bytes = 0
  const reader = stream.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    hash.update(next.value)
    if (bytes < HEAD_BYTES) head.set(next.value.subarray(0, HEAD_BYTES - bytes), bytes)
    bytes += next.value.length
  }
  return { bytes, sha256: hash.digest('hex'), mime: typeOf(head.subarray(0, Math.min(bytes, HEAD_BYTES))) }
}
