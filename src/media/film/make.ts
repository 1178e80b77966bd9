/**
 * Makes a new file of a chosen video, in a worker: a part of it, lighter where a recipe says so. Nothing but picture and
 * sound comes along. What it writes lies outside the memory of the worker, which so does not grow with the video.
 */
import {
  canEncodeAudio,
  Conversion,
  type ConversionAudioOptions,
  type ConversionVideoOptions,
  EncodedPacketSink,
  type Input,
  Mp4OutputFormat,
  Output,
  Quality,
  StreamTarget,
  WebMOutputFormat,
} from 'mediabunny'
import { growingFile } from '../growingFile'
import type { MakeTask } from './asks'
import { leaner, type Part, type Recipe } from './plan'

const PIECE_BYTES = 1024 * 1024
/** People seek in a published video, and each seek begins at one of these pictures. */
const KEY_EVERY_S = 2

/** Lets a task pause and go on. */
export interface Gate {
  /** Aborts when the task is to pause. */
  signal(): AbortSignal
  /** Resolves when it may go on. */
  open(): Promise<void>
}

const pictureOf = ({ videoBps, width, height, rate }: Recipe): ConversionVideoOptions => ({
  codec: 'avc',
  forceTranscode: true,
  quality: new Quality({ bitrate: videoBps }),
  keyFrameInterval: KEY_EVERY_S,
  ...(width && { width }),
  ...(height && { height }),
  ...(rate && { frameRate: rate }),
})

/** AAC is copied. Other sound is coded anew, by our encoder where the browser has none. */
async function soundOf(input: Input, { soundBps }: Recipe): Promise<ConversionAudioOptions> {
  const sound = await input.getPrimaryAudioTrack()
  if (!sound || (await sound.getCodec()) === 'aac') return {}
  const quality = new Quality({ bitrate: soundBps })
  const [channels, sampleRate] = [await sound.getNumberOfChannels(), await sound.getSampleRate()]
  const numberOfChannels = Math.min(2, channels)
  if (!(await canEncodeAudio('aac', { numberOfChannels, sampleRate, quality })))
    (await import('@mediabunny/aac-encoder')).registerAacEncoder()
  return { codec: 'aac', quality, numberOfChannels }
}

/** How the new file is made. Only what lies in the part is copied, so that nothing shows that somebody cut away. */
async function conversionOf(input: Input, output: Output, { part, recipe }: MakeTask): Promise<Conversion> {
  const conversion = await Conversion.init({
    input,
    output,
    tracks: 'primary',
    tags: {},
    showWarnings: false,
    copy: recipe
      ? { boundaryPolicy: 'shrink' }
      : { mode: 'forced', boundaryPolicy: 'shrink', shiftTolerance: Infinity },
    ...(part && { trim: { start: part.startS, end: part.endS } }),
    ...(recipe && { video: pictureOf(recipe), audio: await soundOf(input, recipe) }),
  })
  if (!conversion.isValid || conversion.discardedTracks.length > 0)
    throw new Error(conversion.discardedTracks.map(({ reason }) => reason).join())
  return conversion
}

/** The part that begins with a picture that stands for itself, so that a copy shows no picture of what was cut away. */
async function fromKey(input: Input, part: Part): Promise<Part> {
  const track = await input.getPrimaryVideoTrack()
  if (!track) throw new Error('no picture')
  const sink = new EncodedPacketSink(track)
  const before = await sink.getKeyPacket(part.startS)
  const isThere = before !== null && before.timestamp >= part.startS
  const later = before ? await sink.getNextKeyPacket(before) : await sink.getFirstKeyPacket()
  const key = isThere ? before : later
  if (!key || key.timestamp >= part.endS) throw new Error('no picture to begin with')
  return { ...part, startS: Math.max(0, key.timestamp) }
}

/** Copied WebM stays WebM; everything else becomes MP4. */
async function formatOf(input: Input, recipe: Recipe | undefined) {
  const isWebm = !recipe && /webm|matroska/u.test(await input.getMimeType())
  return isWebm ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: false })
}

async function makeOnce(input: Input, task: MakeTask, tell: (share: number) => void, gate: Gate) {
  const made = growingFile()
  const output = new Output({
    format: await formatOf(input, task.recipe),
    target: new StreamTarget(made.target, { chunked: true, chunkSize: PIECE_BYTES }),
  })
  const conversion = await conversionOf(input, output, task)
  conversion.onProgress = tell
  for (;;) {
    await conversion.execute({ pauseSignal: gate.signal() })
    if (output.state === 'finalized') break
    await gate.open()
  }
  return made.whole(output.format.mimeType)
}

/** Rejects when this phone cannot make it. */
export async function make(
  input: Input,
  task: MakeTask,
  tell: (share: number) => void,
  gate: Gate,
): Promise<Blob> {
  if (!task.recipe) {
    const copied = task.part ? { ...task, part: await fromKey(input, task.part) } : task
    return await makeOnce(input, copied, tell, gate)
  }
  const made = await makeOnce(input, task, tell, gate)
  if (made.size <= task.maxBytes) return made
  const recipe = leaner(task.recipe, made.size, task.maxBytes)
  return await makeOnce(input, { ...task, recipe }, tell, gate)
}
