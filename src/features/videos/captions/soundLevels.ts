/** How loud a video is, moment by moment: what captions are cut by. The browser decodes the sound, whatever the picture is coded in. */
import { LEVELS_HZ } from './pauses'

const SILENCE_DB = -96
/** Enough to tell speech from silence. */
const RATE_HZ = 16_000

/** In dB under full scale, `LEVELS_HZ` a second. */
export function levelsOf(channels: readonly Float32Array[], rateHz: number): number[] {
  const frame = rateHz / LEVELS_HZ
  const frames = Math.floor((channels[0]?.length ?? 0) / frame)
  return Array.from({ length: frames }, (_, at) => {
    let power = 0
    for (let sample = at * frame; sample < (at + 1) * frame; sample++) {
      let sum = 0
      for (const channel of channels) sum += channel[sample]!
      power += (sum / channels.length) ** 2
    }
    return Math.max(SILENCE_DB, 10 * Math.log10(power / frame + 1e-12))
  })
}

/** Null without sound, or where this browser cannot decode it. */
export async function soundLevels(file: Blob): Promise<number[] | null> {
  const decoder = new OfflineAudioContext(1, 1, RATE_HZ)
  const sound = await decoder.decodeAudioData(await file.arrayBuffer()).catch(() => null)
  if (!sound) return null
  const channels = Array.from({ length: sound.numberOfChannels }, (_, at) => sound.getChannelData(at))
  return levelsOf(channels, sound.sampleRate)
}
