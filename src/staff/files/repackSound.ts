/** Copies the sound of a recording into a new file without coding it anew. Loads the media library. */
import {
  BufferSource,
  BufferTarget,
  Conversion,
  Input,
  MP4,
  Mp4OutputFormat,
  OGG,
  OggOutputFormat,
  Output,
} from 'mediabunny'

/** The first sound of an MP4 or Ogg file, without tags. Rejects when it cannot be copied. */
export async function repackSound(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<Uint8Array> {
  const input = new Input({ source: new BufferSource(bytes), formats: [MP4, OGG] })
  const target = new BufferTarget()
  const format =
    mime === 'audio/ogg' ? new OggOutputFormat() : new Mp4OutputFormat({ fastStart: 'in-memory' })
  const conversion = await Conversion.init({
    input,
    output: new Output({ format, target }),
    video: { discard: true },
    audio: (_, place) => (place > 1 ? { discard: true } : {}),
    tags: {},
    showWarnings: false,
  })
  await conversion.execute()
  return new Uint8Array(target.buffer!)
}
