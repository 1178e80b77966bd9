/** Copies the sound of a recording into a new file without coding it anew. Loads the media library. */
import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  Input,
  Output,
  type AudioCodec,
  type InputFormat,
  type OutputFormat,
} from 'mediabunny'

/**
 * The first sound of a file, without tags. `formatFor` chooses the container by the codec. Rejects when it cannot be copied.
 * Packet by packet: the library's own conversion brings its decoders, which would double what phones fetch to film.
 */
export async function copySound(
  bytes: Uint8Array<ArrayBuffer>,
  formats: InputFormat[],
  formatFor: (codec: AudioCodec) => OutputFormat | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const input = new Input({ source: new BufferSource(bytes), formats })
  const target = new BufferTarget()
  let output: Output | undefined
  try {
    const track = await input.getPrimaryAudioTrack()
    const codec = await track?.getCodec()
    const format = codec ? formatFor(codec) : null
    if (!track || !codec || !format) throw new Error('no sound that can be copied')
    output = new Output({ format, target })
    const source = new EncodedAudioPacketSource(codec)
    output.addAudioTrack(source)
    const decoderConfig = await track.getDecoderConfig()
    await output.start()
    for await (const packet of new EncodedPacketSink(track).packets())
      await source.add(packet, decoderConfig ? { decoderConfig } : {})
    await output.finalize()
    return new Uint8Array(target.buffer!)
  } finally {
    if (output?.state === 'started') await output.cancel()
    input.dispose()
  }
}
