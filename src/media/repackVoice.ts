/** A chosen recording as a voice note is sent: Opus in WebM, AAC in MP4, and nothing else in it. Loads the media library. */
import { MP4, Mp4OutputFormat, OGG, QTFF, WEBM, WebMOutputFormat, type AudioCodec } from 'mediabunny'
import { copySound } from './copySound'

/** The sound of an MP4, MOV, WebM or Ogg file; null when it is no such file, or coded in another way. */
export async function repackVoice(file: Blob): Promise<{ file: Blob; mime: string } | null> {
  let mime = 'audio/mp4'
  const formatFor = (codec: AudioCodec) => {
    if (codec === 'aac') return new Mp4OutputFormat({ fastStart: 'in-memory' })
    mime = 'audio/webm'
    return codec === 'opus' ? new WebMOutputFormat() : null
  }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const made = await copySound(bytes, [MP4, QTFF, WEBM, OGG], formatFor).catch(() => null)
  return made && { file: new Blob([made], { type: mime }), mime }
}
