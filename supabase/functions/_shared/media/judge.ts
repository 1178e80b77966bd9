/**
 * Whether a video says nothing besides picture and sound, or a recording nothing besides sound, and what they are coded
 * with. The library finds the tracks and their packets; the lists of boxes and elements find everything that it passes over.
 */
import { CustomSource, EncodedPacketSink, Input, type InputTrack } from 'mediabunny'
import type { Read } from './boxes.ts'
import { areBareHeaders } from './comments.ts'
import { MAX_PACKETS } from './effort.ts'
import { FORMATS } from './formats.ts'
import { marksOfMp4, type Mp4Marks } from './mp4.ts'
import { TELLS, type Mark, type Tell } from './tells.ts'
import { marksOfWebm } from './webm.ts'

export interface Judgement {
  /** In the order of `TELLS`; empty for a file that may be published. */
  tells: Tell[]
  /** The codecs by their short names, like `avc` and `aac`. Null: there is none, or it is unknown. */
  picture: string | null
  sound: string | null
  /** Of a recording of sound and of a public copy; absent for the original of a video, whose length its player tells. */
  duration_ms?: number
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

/** The file as the library reads it. */
export const sourceOf = (read: Read, size: number) =>
  new CustomSource({
    getSize: () => size,
    read: async (start, end) => {
      const view = await read(start, end)
      return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    },
    prefetchProfile: 'fileSystem',
  })

/** Rejects with RangeError when they are too many to count. */
async function bytesOf(track: InputTrack): Promise<number> {
  let [bytes, packets] = [0, 0]
  for await (const packet of new EncodedPacketSink(track).packets(undefined, undefined, {
    metadataOnly: true,
  })) {
    bytes += packet.byteLength
    packets += 1
    if (packets > MAX_PACKETS) throw new RangeError('too many packets')
  }
  return bytes
}

/** Whether a sound track says something among its headers, as Vorbis can. */
async function hasComments(track: InputTrack): Promise<boolean> {
  if (!track.isAudioTrack() || (await track.getCodec()) !== 'vorbis') return false
  const headers = (await track.getDecoderConfig())?.description
  if (!headers) return false
  return !areBareHeaders(ArrayBuffer.isView(headers) ? bytesIn(headers) : new Uint8Array(headers))
}

const bytesIn = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  new Uint8Array(buffer, byteOffset, byteLength)

interface Tracks extends Omit<Judgement, 'tells' | 'duration_ms'> {
  hasPicture: boolean
  hasSound: boolean
  hasTags: boolean
  /** The bytes of all pictures and all sound; null when they were not counted. */
  bytes: number | null
  /** The end of the longest track; null when it was not measured. */
  lengthMs: number | null
}

async function tracksOf(input: Input, counts: boolean, measures: boolean): Promise<Tracks> {
  const [tracks, video, audio] = [
    await input.getTracks(),
    await input.getPrimaryVideoTrack(),
    await input.getPrimaryAudioTrack(),
  ]
  let bytes: number | null = counts ? 0 : null
  if (bytes !== null) for (const track of tracks) bytes += await bytesOf(track)
  const commented = await Promise.all(tracks.map(hasComments))
  return {
    picture: (await video?.getCodec()) ?? null,
    sound: (await audio?.getCodec()) ?? null,
    hasPicture: video !== null,
    hasSound: audio !== null,
    hasTags: Object.keys(await input.getMetadataTags()).length > 0 || commented.includes(true),
    bytes,
    lengthMs: measures ? Math.round((await input.computeDuration()) * 1000) : null,
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

/**
 * `read` rejects when the bytes cannot be had; that rejection is passed on. `mime` is what the first bytes show: `audio/…`
 * must be sound alone, anything else needs a picture. `measures`: the length is told.
 */
export async function judge(
  readBytes: Read,
  size: number,
  mime: string,
  measures = mime.startsWith('audio/'),
): Promise<Judgement> {
  let failed: unknown = null
  const read: Read = (start, end) =>
    readBytes(start, end).catch((cause: unknown) => {
      failed = cause
      throw cause
    })
  const near = windowed(read, size)
  return await judged(
    async () => {
      const isWebm = mime.endsWith('/webm')
      const isSound = mime.startsWith('audio/')
      const found = isWebm ? { marks: await marksOfWebm(near, size) } : await marksOfMp4(near, size)
      if (found.marks.some(({ tell }) => tell === 'unreadable')) return UNREADABLE
      const input = new Input({ source: sourceOf(read, size), formats: FORMATS })
      const tracks = await tracksOf(input, !isWebm, measures).finally(() => input.dispose())
      const isWanted = isSound ? tracks.hasSound && !tracks.hasPicture : tracks.hasPicture
      const tells = isWanted ? tellsOf(found, tracks) : [...tellsOf(found, tracks), 'unreadable' as const]
      const { picture, sound, lengthMs } = tracks
      return { tells, picture, sound, ...(lengthMs !== null && { duration_ms: lengthMs }) }
    },
    () => failed,
  )
}

interface Marks extends Partial<Omit<Mp4Marks, 'marks'>> {
  marks: Mark[]
}

/** The bytes of pictures and sound are those that the index names: fewer are missing, more are hidden. */
function tellsOf({ marks, payload = 0, spare = 0 }: Marks, { hasTags, bytes }: Tracks): Tell[] {
  const found = new Set<Tell>(marks.map(({ tell }) => tell))
  if (hasTags) found.add('tags')
  if (bytes !== null && bytes > payload) found.add('truncated')
  if (bytes !== null && bytes < payload && bytes !== payload - spare) found.add('hidden')
  return TELLS.filter((tell) => found.has(tell))
}
