/** Runs in Chromium: films one scene. The recorder of `demoClips.ts` bundles it and calls `globalThis.film`. */
import { type Frame, Pen } from './pen'
import { SCENES } from './scenes'

export interface Order extends Frame {
  key: string
  ms: number
  /** The lowest note, in hertz. */
  tone: number
}

const FRAMES_A_SECOND = 12
/** Semitones over the lowest note, one every 700 ms. Together they sound well in any order. */
const NOTES = [0, 7, 4, 12, 9, 4, 7, 2]
const NOTE_S = 0.7

/** A track of soft notes. */
function notes({ tone, ms }: Order): MediaStreamTrack {
  const audio = new AudioContext()
  const target = audio.createMediaStreamDestination()
  for (let start = 0, step = 0; start < ms / 1000; start += NOTE_S, step++) {
    const note = new OscillatorNode(audio, {
      type: 'triangle',
      frequency: tone * 2 ** (NOTES[step % 8]! / 12),
    })
    const volume = new GainNode(audio, { gain: 0 })
    volume.gain.setTargetAtTime(0.12, audio.currentTime + start, 0.02)
    volume.gain.setTargetAtTime(0, audio.currentTime + start + 0.15, 0.2)
    note.connect(volume).connect(target)
    note.start(audio.currentTime + start)
    note.stop(audio.currentTime + start + 1.5)
  }
  return target.stream.getAudioTracks()[0]!
}

/** Records the scene. Answers the film and a JPEG of a moment near its end, in base64. */
async function film(order: Order): Promise<{ webm: string; jpeg: string }> {
  const canvas = Object.assign(document.createElement('canvas'), { width: order.width, height: order.height })
  const pen = new Pen(canvas.getContext('2d')!, order)
  const draw = (at: number) => {
    SCENES[order.key]!(pen, at)
    pen.words(at)
  }
  draw(0)
  const stream = new MediaStream([...canvas.captureStream(FRAMES_A_SECOND).getTracks(), notes(order)])
  const recorder = new MediaRecorder(stream, {
    mimeType: 'video/webm;codecs=vp8,opus',
    videoBitsPerSecond: 64_000,
    audioBitsPerSecond: 10_000,
  })
  const parts: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
  const stopped = new Promise((done) => recorder.addEventListener('stop', done))
  const startedAt = performance.now()
  const timer = setInterval(
    () => draw(Math.min(1, (performance.now() - startedAt) / order.ms)),
    1000 / FRAMES_A_SECOND,
  )
  recorder.start()
  setTimeout(() => recorder.stop(), order.ms)
  await stopped
  clearInterval(timer)
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
  SCENES[order.key]!(pen, 0.9)
  pen.words(0)
  return {
    webm: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')),
    jpeg: canvas.toDataURL('image/jpeg', 0.8).split(',')[1]!,
  }
}

Object.assign(globalThis, { film })
