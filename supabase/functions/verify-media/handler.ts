/**
 * Does what waits to be done to the bytes of videos: reads and hashes what arrived, copies to the public
 * bucket what is published, takes out what no longer is, erases what was withdrawn. Portable: Deno serves it
 * in production, the embedded backend calls it in-process. Originals never move.
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
  /** Its name once it is public, `<public id>.<extension>`; the poster has the same with `.jpg`. */
  public_object: string
  /** JPEG in base64. */
  poster: string | null
}

/** What was read from the bytes themselves. */
export interface Found {
  bytes: number
  sha256: string
  mime: string
}

export interface Collaborators {
  /** Whoever shows this key may have the jobs done. */
  secretKey: string
  takeJobs(limit: number): Promise<MediaJob[]>
  /** `found` for a job of kind verify; `error` is a code, null when the job is done. */
  settleJob(id: number, found: Found | null, error: string | null): Promise<void>
  objects: Objects
}

const PUBLIC_BUCKET = 'videos-public'
const POSTER_BYTES = 65_536
const BUDGET_MS = 60_000 // an invocation ends before the platform ends it; the next one goes on

/** Answers `{done, failed}`; 401 without the key. One job at a time: each is leased as it begins. */
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

/** Size, SHA-256 and type of a stream, which is never whole in memory (WebCrypto hashes only whole texts). */
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
