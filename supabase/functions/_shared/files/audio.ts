/**
 * Whether a recording may be published: sound and nothing else, from the first byte to the last. The desk takes tags (names,
 * pictures, places, programs) out before the upload; a file that still has them is refused.
 */
import type { Read } from '../media/boxes.ts'
import { refused, type Verdict } from './verdict.ts'

const word = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))

// Frames: MP3 and AAC --------------------------------------------------------------------------------------

const MPEG1_KBPS = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const MPEG2_KBPS = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const HERTZ = [44_100, 48_000, 32_000]

/** The length of the MP3 frame at `at`; 0 where there is none. Layer III of MPEG 1, 2 and 2.5. */
function mp3Frame(bytes: Uint8Array, at: number): number {
  const [sync = 0, head = 0, rate = 0] = bytes.subarray(at, at + 3)
  const version = (head >> 3) & 3
  if (sync !== 0xff || (head & 0xe6) !== 0xe2 || version === 1) return 0
  const isFirst = version === 3
  const kbps = (isFirst ? MPEG1_KBPS : MPEG2_KBPS)[rate >> 4] ?? 0
  const hertz = (HERTZ[(rate >> 2) & 3] ?? 0) / (isFirst ? 1 : version === 2 ? 2 : 4)
  return kbps && hertz ? Math.floor(((isFirst ? 144_000 : 72_000) * kbps) / hertz) + ((rate >> 1) & 1) : 0
}

/** The length of the ADTS frame at `at`; 0 where there is none. */
function aacFrame(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xf6) !== 0xf0) return 0
  const length = ((bytes[at + 3]! & 3) << 11) | (bytes[at + 4]! << 3) | (bytes[at + 5]! >> 5)
  return length > 7 ? length : 0
}

/** Where the run of whole frames from `start` ends. */
function endOfFrames(bytes: Uint8Array, start: number, frame: typeof mp3Frame): number {
  let at = start
  for (let length = frame(bytes, at); length > 0 && at + length <= bytes.length; length = frame(bytes, at))
    at += length
  return at
}

/** The place after the ID3 tags at the beginning. */
function afterTags(bytes: Uint8Array): number {
  let at = 0
  while (word(bytes, at).startsWith('ID3') && at + 10 <= bytes.length) {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at + 6, at + 10)
    at += 10 + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127)
  }
  return at
}

const FRAMES: Readonly<Record<string, typeof mp3Frame>> = { 'audio/mpeg': mp3Frame, 'audio/aac': aacFrame }

/** The sound between tags of a recording in frames. What is none comes back as it is, and `checkAudio` refuses it. */
export function framesOf(bytes: Uint8Array, mime: string): Uint8Array {
  const frame = FRAMES[mime]
  const start = afterTags(bytes)
  return frame ? bytes.slice(start, endOfFrames(bytes, start, frame)) : bytes
}

// MP4 ------------------------------------------------------------------------------------------------------

/** Reads what is in memory as if it were a file. */
export const readIn =
  (bytes: Uint8Array): Read =>
  (start, end) =>
    Promise.resolve(new DataView(new Uint8Array(bytes.subarray(start, end)).buffer))

/** The library is large: only whoever meets an MP4 or Ogg loads it. */
async function isPlainMp4(bytes: Uint8Array): Promise<boolean> {
  const { judge } = await import('../media/judge.ts')
  return (await judge(readIn(bytes), bytes.length, 'audio/mp4')).tells.length === 0
}

// --------------------------------------------------------------------------------------------------------------

async function isPlain(bytes: Uint8Array, mime: string): Promise<boolean> {
  if (mime === 'audio/mp4') return await isPlainMp4(bytes)
  if (mime === 'audio/ogg') return (await import('./ogg.ts')).isPlainOgg(bytes)
  return endOfFrames(bytes, 0, FRAMES[mime]!) === bytes.length
}

export const checkAudio = async (bytes: Uint8Array, mime: string): Promise<Verdict> =>
  (await isPlain(bytes, mime)) ? { mime, refusal: null, facts: {} } : refused('audio_broken', mime)
