/** What only a public copy has to be: small enough for every phone, and playing while it arrives. Read from the stored bytes. */
import { Input } from 'mediabunny'
import { outerBoxes, type Read } from './boxes.ts'
import { FORMATS } from './formats.ts'
import { sourceOf, windowed } from './judge.ts'
import { linesOfAvc } from './sps.ts'

export interface CopyFacts {
  /** The short side, the larger of what the container claims and what the picture is coded in; null when it cannot be told. */
  lines: number | null
  /** Whether the index comes before picture and sound, in one piece. */
  index_first: boolean
}

async function isIndexFirst(read: Read, size: number): Promise<boolean> {
  const order = (await outerBoxes(windowed(read, size), size)).map(({ type }) => type)
  const [index, media] = [order.indexOf('moov'), order.indexOf('mdat')]
  return index >= 0 && index < media && !order.includes('moof')
}

async function linesOf(read: Read, size: number): Promise<number | null> {
  const input = new Input({ source: sourceOf(read, size), formats: FORMATS })
  try {
    const video = await input.getPrimaryVideoTrack()
    const coded = (await video?.getDecoderConfig())?.description
    if (!video || (await video.getCodec()) !== 'avc' || !coded) return null
    const bytes = ArrayBuffer.isView(coded)
      ? new Uint8Array(coded.buffer, coded.byteOffset, coded.byteLength)
      : new Uint8Array(coded)
    const coding = Math.min(await video.getCodedWidth(), await video.getCodedHeight())
    const display = Math.min(await video.getDisplayWidth(), await video.getDisplayHeight())
    return Math.max(coding, display, linesOfAvc(bytes))
  } finally {
    input.dispose()
  }
}

/** `readBytes` rejects when the bytes cannot be had; that rejection is passed on. */
export async function copyFacts(readBytes: Read, size: number): Promise<CopyFacts> {
  const failures: unknown[] = []
  const read: Read = (start, end) =>
    readBytes(start, end).catch((cause: unknown) => {
      failures.push(cause)
      throw cause
    })
  try {
    return { lines: await linesOf(read, size), index_first: await isIndexFirst(read, size) }
  } catch {
    if (failures.length > 0) throw failures[0]
    return { lines: null, index_first: false }
  }
}
