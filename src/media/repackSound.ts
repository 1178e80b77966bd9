/** Copies the sound of a recording into a new file without coding it anew. Loads the media library. */
import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  Input,
  MP4,
  Mp4OutputFormat,
  OGG,
  OggOutputFormat,
  Output,
} from 'mediabunny'

/**
 * The first sound of an MP4 or Ogg file, without tags. Rejects when it cannot be copied. Packet by packet: the library's
 * own conversion brings its decoders, which would double what phones fetch to film.
 */
export async function repackSound(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<Uint8Array> {
  const input = new Input({ source: new BufferSource(bytes), formats: [MP4, OGG] })
  const target = new BufferTarget()
  const format =
    mime === 'audio/ogg' ? new OggOutputFormat() : new Mp4OutputFormat({ fastStart: 'in-memory' })
  const output = new Output({ format, target })
  try {
    const track = await input.getPrimaryAudioTrack()
    const codec = await track?.getCodec()
    if (!track || !codec) throw new Error('no sound that can be copied')
    const source = new EncodedAudioPacketSource(codec)
    output.addAudioTrack(source)
    const decoderConfig = await track.getDecoderConfig()
    await output.start()
    for await (const packet of new EncodedPacketSink(track).packets())
      await source.add(packet, decoderConfig ? { decoderConfig } : {})
    await output.finalize()
    return new Uint8Array(target.buffer!)
  } finally {
    if (output.state === 'started') await output.cancel()
    input.dispose()
  }
}
