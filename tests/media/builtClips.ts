/** Clips that tests make of others: clean ones, whose bytes the phone keeps as they are, and heavy ones. */
import {
  BlobSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
} from 'mediabunny'
import { randomBytes } from 'node:crypto'
import { findMarks, blank } from '@/media/strip'

const readerOf = (bytes: Uint8Array<ArrayBuffer>) => (start: number, end: number) =>
  Promise.resolve(new DataView(bytes.slice(start, end).buffer))

/** The MP4 without times and names, every other byte in its place. */
async function blanked(bytes: Uint8Array<ArrayBuffer>): Promise<Buffer> {
  const copy = bytes.slice()
  blank(copy.buffer, 0, await findMarks(readerOf(copy), copy.length))
  return Buffer.from(copy)
}

const NOISE_BYTES = 1024 * 1024
/** Shorter than the picture, so that the file lasts no longer. */
const NOISE_S = 15

/** A second sound track, which no player plays: noise of two bytes a sample. */
async function addNoise(source: EncodedAudioPacketSource, bytes: number): Promise<void> {
  const rate = Math.ceil(bytes / 2 / NOISE_S)
  const decoderConfig = { codec: 'pcm-s16', numberOfChannels: 1, sampleRate: rate }
  for (let sent = 0; sent < bytes; sent += NOISE_BYTES) {
    const data = randomBytes(Math.min(NOISE_BYTES, bytes - sent))
    const samples = data.length / 2
    await source.add(new EncodedPacket(data, 'key', sent / 2 / rate, samples / rate), { decoderConfig })
  }
}

/** A clean MP4 with the picture and the sound of this one, and about as many bytes of noise in another sound track. */
export async function cleanMp4(recorded: Uint8Array<ArrayBuffer>, noise = 0): Promise<Buffer> {
  const input = new Input({ source: new BlobSource(new Blob([recorded])), formats: [MP4] })
  const target = new BufferTarget()
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: false }), target })
  const [picture, sound] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()]
  if (!picture || !sound) throw new Error('a clip without picture or sound')
  const video = new EncodedVideoPacketSource((await picture.getCodec())!)
  const audio = new EncodedAudioPacketSource((await sound.getCodec())!)
  const extra = noise > 0 ? new EncodedAudioPacketSource('pcm-s16') : null
  output.addVideoTrack(video)
  output.addAudioTrack(audio)
  if (extra) output.addAudioTrack(extra)
  await output.start()
  const [pictureConfig, soundConfig] = [await picture.getDecoderConfig(), await sound.getDecoderConfig()]
  const work = [
    (async () => {
      for await (const packet of new EncodedPacketSink(picture).packets())
        await video.add(packet, { decoderConfig: pictureConfig! })
      video.close()
    })(),
    (async () => {
      for await (const packet of new EncodedPacketSink(sound).packets())
        await audio.add(packet, { decoderConfig: soundConfig! })
      audio.close()
    })(),
    extra && addNoise(extra, noise - (noise % 2)).then(() => extra.close()),
  ]
  await Promise.all(work)
  await output.finalize()
  return await blanked(new Uint8Array(target.buffer!))
}
