/** The recording of an insumo without tags, in the container that it has. Loads the media library. */
import { MP4, Mp4OutputFormat, OGG, OggOutputFormat } from 'mediabunny'
import { copySound } from './copySound'

/** The first sound of an MP4 or Ogg file, without tags. Rejects when it cannot be copied. */
export const repackSound = (bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<Uint8Array> =>
  copySound(bytes, [MP4, OGG], () =>
    mime === 'audio/ogg' ? new OggOutputFormat() : new Mp4OutputFormat({ fastStart: 'in-memory' }),
  )
