/**
 * Whether a video says nothing besides picture and sound, and what its picture is coded with. The library finds the
 * tracks and their packets; the lists of boxes and elements find everything that it passes over.
 */
import { ALL_FORMATS, CustomSource, EncodedPacketSink, Input, type InputTrack } from 'mediabunny'
import type { Read } from './boxes.ts'
import { marksOfMp4 } from './mp4.ts'
import { TELLS, type Mark, type Tell } from './tells.ts'
import { marksOfWebm } from './webm.ts'

export interface Judgement {
  /** In the order of `TELLS`; empty for a file that may be published. */
  tells: Tell[]
  /** The codecs by their short names, like `avc` and `aac`. Null: there is none, or it is unknown. */
  picture: string | null
  sound: string | null
}

const WINDOW_BYTES = 256 * 1024

/** Reads through one window of the file, so that neighbouring reads cost one request. */
export function windowed(read: Read, size: number): Read {
  let [from, view] = [0, new DataView(new ArrayBuffer(0))]
  return async (start, end) => {
    const to = Math.min(end, size)
    if (start < from || to > from + view.byteLength) {
      view = await read(start, Math.min(size, Math.max(to, start + WINDOW_BYTES)))
      from = start
    }
    return new DataView(view.buffer, view.byteOffset + start - from, Math.max(0, to - start))
  }
}

const sourceOf = (read: Read, size: number) =>
  new CustomSource({
    getSize: () => size,
    read: async (start, end) => {
      const view = await read(start, end)
      return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    },
    prefetchProfile: 'fileSystem',
  })

async function bytesOf(track: InputTrack): Promise<number> {
  let bytes = 0
  for await (const packet of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true }))
    bytes += packet.byteLength
  return bytes
}

interface Tracks extends Omit<Judgement, 'tells'> {
  hasPicture: boolean
  hasTags: boolean
  /** The bytes of all pictures and all sound; null when they were not counted. */
  bytes: number | null
}

async function tracksOf(read: Read, size: number, counts: boolean): Promise<Tracks> {
  using input = new Input({ source: sourceOf(read, size), formats: ALL_FORMATS })
  const [tracks, video, audio] = [
    await input.getTracks(),
    await input.getPrimaryVideoTrack(),
    await input.getPrimaryAudioTrack(),
  ]
  let bytes: number | null = counts ? 0 : null
  if (bytes !== null) for (const track of tracks) bytes += await bytesOf(track)
  return {
    picture: (await video?.getCodec()) ?? null,
    sound: (await audio?.getCodec()) ?? null,
    hasPicture: video !== null,
    hasTags: Object.keys(await input.getMetadataTags()).length > 0,
    bytes,
  }
}

const UNREADABLE: Judgement = { tells: ['unreadable'], picture: null, sound: null }

/** A failure to read the file passes; anything else means that the file cannot be read as a video. */
async function judged(work: () => Promise<Judgement>, failure: () => unknown): Promise<Judgement> {
  try {
    return await work()
  } catch {
    if (failure()) throw failure()
    return UNREADABLE
  }
}

/** `read` rejects when the bytes cannot be had; that rejection is passed on. `mime` is what the first bytes show. */
export async function judge(readBytes: Read, size: number, mime: string): Promise<Judgement> {
  let failed: unknown = null
  const read: Read = (start, end) =>
    readBytes(start, end).catch((cause: unknown) => {
      failed = cause
      throw cause
    })
  const near = windowed(read, size)
  return await judged(
    async () => {
      const isWebm = mime === 'video/webm'
      const { marks, payload } = isWebm
        ? { marks: await marksOfWebm(near, size), payload: null }
        : await marksOfMp4(near, size)
      const tracks = await tracksOf(read, size, !isWebm)
      return { tells: tellsOf(marks, tracks, payload), picture: tracks.picture, sound: tracks.sound }
    },
    () => failed,
  )
}

function tellsOf(marks: Mark[], { hasPicture, hasTags, bytes }: Tracks, payload: number | null): Tell[] {
  const found = new Set<Tell>(marks.map(({ tell }) => tell))
  if (hasTags) found.add('tags')
  if (!hasPicture) found.add('unreadable')
  if (bytes !== null && payload !== null && bytes > payload) found.add('truncated')
  if (bytes !== null && payload !== null && bytes < payload) found.add('hidden')
  return TELLS.filter((tell) => found.has(tell))
}
