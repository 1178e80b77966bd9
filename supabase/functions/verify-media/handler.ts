/**
 * Does the pending jobs on the files of videos: reads and hashes uploads, copies published videos to the public
 * bucket, removes copies that are no longer published, and erases withdrawn videos. Originals never move to another
 * bucket. Portable: Deno serves it in production, and the embedded backend calls it in-process.
 */
import { createHash } from 'node:crypto'
import { type Collaborators, createJobHandler, type Work } from '../_shared/objectJobs.ts'
import { ObjectFailure } from '../_shared/objects.ts'
import { HEAD_BYTES, isJpeg, typeOf } from './contents.ts'

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

const PUBLIC_BUCKET = 'videos-public'
const POSTER_BYTES = 65_536

export const createHandler = (collaborators: Collaborators<MediaJob, Found>) =>
  createJobHandler(collaborators, (objects, job) => WORK[job.kind](objects, job), 'media_failed')

const WORK: Record<MediaJob['kind'], Work<MediaJob, Found>> = {
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
