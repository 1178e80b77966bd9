/** Looks at a chosen video where it lies: whether this phone decodes its picture and its sound, and how they are coded. */
import {
  AudioSampleSink,
  canEncodeVideo,
  type Input,
  type InputAudioTrack,
  type InputVideoTrack,
  Quality,
  VideoSampleSink,
} from 'mediabunny'
import type { Seen } from './plan'

/** Packets that tell the rate. */
const SAMPLE = 90

/** Whether a first piece comes out. The first packets may yield none, such as those before the sound begins. */
async function decodes(samples: AsyncIterable<{ close(): void }>): Promise<boolean> {
  for await (const sample of samples) {
    sample.close()
    return true
  }
  return false
}

const decodesPicture = async (track: InputVideoTrack): Promise<boolean> =>
  (await track.canDecode()) && (await decodes(new VideoSampleSink(track).samples()))

const decodesSound = async (track: InputAudioTrack): Promise<boolean> =>
  (await track.canDecode()) && (await decodes(new AudioSampleSink(track).samples()))

const no = () => false

/** Never rejects for what this phone cannot decode. Rejects for a file that is no video. */
export async function look(input: Input): Promise<Seen> {
  const [picture, sound] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()]
  if (!picture) throw new Error('no picture')
  const size = { width: 1280, height: 720, quality: new Quality({ bitrate: 2_000_000 }) }
  return {
    sound: sound && ((await sound.getCodec()) ?? 'unknown'),
    decodesPicture: await decodesPicture(picture).catch(no),
    decodesSound: sound && (await decodesSound(sound).catch(no)),
    encodesPicture: await canEncodeVideo('avc', size).catch(no),
    rate: (await picture.computePacketStats(SAMPLE)).averagePacketRate,
    soundBps: sound && (await sound.computePacketStats(SAMPLE)).averageBitrate,
  }
}
