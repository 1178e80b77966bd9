/**
 * Does the pending jobs on the files of videos and voice notes: reads and hashes uploads and the public copies that staff make,
 * puts those of published videos into the public bucket, removes what is no longer published, and erases withdrawn videos. Originals
 * of videos never leave their bucket. Portable: Deno serves it in production, and the embedded backend calls it in-process.
 */
import { createHash } from 'node:crypto'
import { type Collaborators, createJobHandler, type Work } from '../_shared/objectJobs.ts'
import { ObjectFailure, type Objects } from '../_shared/objects.ts'
import { plainJpeg } from '../_shared/files/jpeg.ts'
import { copyFacts, type CopyFacts } from '../_shared/media/copy.ts'
import { judge, type Judgement } from '../_shared/media/judge.ts'
import { type Cue, vttOf } from '../_shared/media/vtt.ts'
import { HEAD_BYTES, typeOf } from './contents.ts'
import type { MediaJob } from './job.ts'

/** Facts of a file, from its own bytes. */
export interface Found extends Judgement, Partial<CopyFacts> {
  bytes: number
  sha256: string
  mime: string
  /** Whether the poster is a JPEG; null without one. */
  poster: boolean | null
}

const PUBLIC_BUCKET = 'videos-public'
const POSTER_BYTES = 65_536

export const createHandler = (collaborators: Collaborators<MediaJob, Found>) =>
  createJobHandler(collaborators, (objects, job) => WORK[job.kind](objects, job), 'media_failed')

const WORK: Record<MediaJob['kind'], Work<MediaJob, Found>> = {
  verify: async (objects, job) => {
    const { poster } = job
    return {
      ...(await look(objects, job)),
      poster: poster === null ? null : plainPoster(poster) !== null,
    }
  },
  check: async (objects, job) => ({ ...(await look(objects, job, true)), poster: null }),
  publish: async (objects, { bucket, object, public_object, former, poster, mime, cues }) => {
    const image = poster === null ? null : plainPoster(poster)
    if (poster !== null && !image) throw new ObjectFailure('poster_unfit', '422')
    await objects.copy({ bucket, name: object }, { bucket: PUBLIC_BUCKET, name: public_object })
    if (image) await objects.put(PUBLIC_BUCKET, posterOf(public_object), image, 'image/jpeg')
    if (cues) await objects.put(PUBLIC_BUCKET, captionsOf(public_object), vttBytes(cues), 'text/vtt')
    else if (mime.startsWith('video/')) await objects.remove(PUBLIC_BUCKET, [captionsOf(public_object)])
    if (former !== null) await objects.remove(PUBLIC_BUCKET, publicNames(former))
    return null
  },
  unpublish: async (objects, { public_object, former }) => {
    const names = former === null ? [] : publicNames(former)
    await objects.remove(PUBLIC_BUCKET, [...publicNames(public_object), ...names])
    return null
  },
  erase: async (objects, { bucket, object, rendition, mime, public_object }) => {
    await objects.remove(bucket, rendition === null ? [object] : [object, rendition])
    // a video has left its page before; the sound of a text that stays public may end before the text
    if (mime.startsWith('audio/')) await objects.remove(PUBLIC_BUCKET, [public_object])
    return null
  },
}

/** Facts of a stored file. `isCopy`: those of a public copy too. */
async function look(objects: Objects, { bucket, object, mime: announced }: MediaJob, isCopy?: true) {
  const read = await readThrough(await objects.read(bucket, object))
  if (announced.startsWith('audio/')) read.mime = read.mime.replace('video/', 'audio/')
  const range = (start: number, end: number) => objects.readRange(bucket, object, start, end)
  const judged = await judge(range, read.bytes, read.mime, isCopy)
  return { ...read, ...judged, ...(isCopy && (await copyFacts(range, read.bytes))) }
}

/** The picture without what cameras write beside it; null when it is no JPEG, or too large. */
function plainPoster(base64: string): Uint8Array<ArrayBuffer> | null {
  const image = plainJpeg(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)))
  return image && image.length <= POSTER_BYTES ? image : null
}

const posterOf = (publicObject: string) => publicObject.replace(/\.[^.]+$/, '.jpg')
const captionsOf = (publicObject: string) => publicObject.replace(/\.[^.]+$/, '.vtt')
/** The names of a public copy, its cover and its captions. */
const publicNames = (object: string) => [object, posterOf(object), captionsOf(object)]
const vttBytes = (cues: readonly Cue[]) => new TextEncoder().encode(vttOf(cues))

/** Size, SHA-256 and type of a stream, without holding it in memory as WebCrypto would. */
async function readThrough(
  stream: ReadableStream<Uint8Array>,
): Promise<Pick<Found, 'bytes' | 'sha256' | 'mime'>> {
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
