/** Copies picture and sound of a video into a new file, packet by packet: nothing else comes along. */
import {
  BlobSource,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Mp4OutputFormat,
  Output,
  StreamTarget,
  WebMOutputFormat,
  type EncodedPacket,
  type InputAudioTrack,
  type InputVideoTrack,
} from 'mediabunny'
import { bareHeaders } from '../../supabase/functions/_shared/media/comments'
import { FORMATS } from '../../supabase/functions/_shared/media/formats'
import type { VideoMime } from './contents'
import { growingFile } from './growingFile'

const PIECE_BYTES = 4 * 1024 * 1024

/** Adds the packets of one track to the new file, one a call. */
interface Lane {
  /** The time of the next packet in seconds; Infinity after the last one. */
  at: number
  add(): Promise<void>
}

async function laneOf(
  packets: AsyncIterator<EncodedPacket, void>,
  add: (packet: EncodedPacket) => Promise<void>,
): Promise<Lane> {
  let next = await packets.next()
  let latest = -Infinity
  const lane: Lane = {
    at: next.value?.timestamp ?? Infinity,
    add: async () => {
      if (!next.value) return
      // Some cameras mark a picture as independent that is shown before an earlier one; the new file cannot say so.
      const isLate = next.value.type === 'key' && next.value.timestamp < latest
      latest = Math.max(latest, next.value.timestamp)
      await add(isLate ? next.value.clone({ type: 'delta' }) : next.value)
      next = await packets.next()
      lane.at = next.value?.timestamp ?? Infinity
    },
  }
  return lane
}

const packetsOf = (track: InputVideoTrack | InputAudioTrack) =>
  new EncodedPacketSink(track).packets()[Symbol.asyncIterator]() as AsyncIterator<EncodedPacket, void>

async function pictureLane(output: Output, track: InputVideoTrack): Promise<(() => Promise<Lane>) | null> {
  const codec = await track.getCodec()
  if (!codec || !output.format.getSupportedVideoCodecs().includes(codec)) return null
  const source = new EncodedVideoPacketSource(codec)
  const canBeTransparent = await track.canBeTransparent()
  output.addVideoTrack(source, {
    rotation: await track.getRotation(),
    flip: await track.getFlip(),
    canBeTransparent,
  })
  const decoderConfig = await track.getDecoderConfig()
  return () =>
    laneOf(packetsOf(track), (packet) => source.add(packet, decoderConfig ? { decoderConfig } : {}))
}

/** How to decode the sound, without the comments that Vorbis keeps there. */
async function configOf(track: InputAudioTrack): Promise<AudioDecoderConfig | null> {
  const config = await track.getDecoderConfig()
  const headers = config?.description
  if (!config || !headers || (await track.getCodec()) !== 'vorbis') return config
  const joined = ArrayBuffer.isView(headers)
    ? new Uint8Array(headers.buffer, headers.byteOffset, headers.byteLength)
    : new Uint8Array(headers)
  return { ...config, description: bareHeaders(joined) }
}

async function soundLane(output: Output, track: InputAudioTrack): Promise<(() => Promise<Lane>) | null> {
  const codec = await track.getCodec()
  if (!codec || !output.format.getSupportedAudioCodecs().includes(codec)) return null
  const source = new EncodedAudioPacketSource(codec)
  output.addAudioTrack(source)
  const decoderConfig = await configOf(track)
  return () =>
    laneOf(packetsOf(track), (packet) => source.add(packet, decoderConfig ? { decoderConfig } : {}))
}

/** The lanes of picture and sound; null when one of them cannot be copied. */
async function lanesOf(input: Input, output: Output): Promise<(() => Promise<Lane>)[] | null> {
  const [picture, sound] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()]
  if (!picture) return null
  const lanes = [await pictureLane(output, picture), ...(sound ? [await soundLane(output, sound)] : [])]
  return lanes.every((lane) => lane !== null) ? lanes : null
}

/** Takes the earliest packet each time, so that no track waits in memory for the other. */
async function copyAll(lanes: Lane[], signal: AbortSignal): Promise<void> {
  const earliest = () => lanes.reduce((a, b) => (b.at < a.at ? b : a))
  for (let lane = earliest(); lane.at < Infinity; lane = earliest()) {
    signal.throwIfAborted()
    await lane.add()
  }
}

/**
 * The new file: WebM for WebM, otherwise MP4, with its index at the end, or at the beginning of one that fits into memory. Null when picture or sound is coded in a way
 * that cannot be copied. Rejects when the file cannot be read as a video; an abort rejects with the signal's reason.
 */
export async function remux(
  file: Blob,
  mime: VideoMime,
  signal: AbortSignal,
  index: 'first' | 'last' = 'last',
): Promise<{ file: Blob; mime: VideoMime } | null> {
  const input = new Input({ source: new BlobSource(file), formats: FORMATS })
  const made = growingFile()
  const isWebm = mime === 'video/webm'
  const format = isWebm
    ? new WebMOutputFormat()
    : new Mp4OutputFormat({ fastStart: index === 'first' && 'in-memory' })
  const output = new Output({
    format,
    target: new StreamTarget(made.target, { chunked: true, chunkSize: PIECE_BYTES }),
  })
  try {
    const lanes = await lanesOf(input, output)
    if (!lanes) return null
    await output.start()
    await copyAll(await Promise.all(lanes.map((open) => open())), signal)
    await output.finalize()
    const type = isWebm ? 'video/webm' : 'video/mp4'
    return { file: made.whole(type), mime: type }
  } finally {
    if (output.state === 'started') await output.cancel()
    input.dispose()
  }
}
