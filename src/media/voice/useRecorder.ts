/** Records the microphone. Each second is on the phone before the next one ends. */
import { onScopeDispose, ref } from 'vue'
import { Fault } from '@/domain/fault'
import { appendSlice, beginRecording } from './recordings'

/** The recorder stops by itself after so long. */
export const MAX_MS = 90_000
const SLICE_MS = 1_000
const TICK_MS = 200
/** Speech in Opus is clear at half of it; AAC needs more. 90 seconds are 360 kB. */
const BITS_A_SECOND = 32_000

const TYPES = [
  ['audio/webm;codecs=opus', 'audio/webm'],
  ['audio/mp4;codecs=mp4a.40.2', 'audio/mp4'],
  ['audio/mp4', 'audio/mp4'],
] as const

/** What this browser can record and the server accepts; null when it can record neither. */
export const recordable = () =>
  globalThis.MediaRecorder && navigator.mediaDevices
    ? (TYPES.find(([type]) => MediaRecorder.isTypeSupported(type)) ?? null)
    : null

/** Why there is no recording: the person or the phone refused the microphone, there is none, or another program has it. */
const microphoneFault = (cause: unknown) =>
  new Fault(
    { NotAllowedError: 'microphone_refused', NotFoundError: 'microphone_missing' }[(cause as Error).name] ??
      'microphone_busy',
    false,
    { cause },
  )

/** Counts the recorded time; pauses do not count. */
function stopwatch() {
  let before = 0
  let since: number | null = null
  const ms = () => before + (since === null ? 0 : performance.now() - since)
  return {
    ms,
    go: () => void (since = performance.now()),
    halt: () => {
      before = ms()
      since = null
    },
    reset: () => {
      before = 0
      since = null
    },
  }
}

/** Writes each slice before the next one, and ends the recorder at the first that cannot be written. */
function keepSlices(recorder: MediaRecorder, id: string, stop: () => void) {
  let written: Promise<void> = Promise.resolve()
  let seq = 0
  let failure: unknown
  recorder.ondataavailable = ({ data }) => {
    if (data.size === 0) return
    const at = seq++
    written = written.then(() => appendSlice(id, at, data))
    written.catch((cause: unknown) => {
      failure ??= cause
      stop()
    })
  }
  /** Why the storage failed, once all is written; undefined when it did not. */
  return async (): Promise<unknown> => {
    await written.catch(() => undefined)
    return failure
  }
}

/** The microphone. Faults: `microphone_refused`, `microphone_missing`, `microphone_busy`. */
const openMicrophone = (): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({ audio: true }).catch((cause: unknown) => {
    throw microphoneFault(cause)
  })

const emptyRecorder = () => ({
  state: ref<'off' | 'asking' | 'on' | 'paused'>('off'),
  elapsedMs: ref(0),
  watch: stopwatch(),
  own: null as MediaRecorder | null,
  timer: undefined as ReturnType<typeof setInterval> | undefined,
  isGone: false,
})
type Recording = ReturnType<typeof emptyRecorder>

const stopRecording = ({ own }: Recording) => own?.state !== 'inactive' && own?.stop()

/** Starts the recorder and its clock. `onEnd` comes after the last slice is written and the microphone is given back. */
function run(recording: Recording, own: MediaRecorder, id: string, onEnd: (failure: unknown) => void): void {
  const { state, elapsedMs, watch } = recording
  const whenWritten = keepSlices(own, id, () => stopRecording(recording))
  own.onstop = async () => {
    clearInterval(recording.timer)
    own.stream.getTracks().forEach((track) => track.stop())
    const failure = await whenWritten()
    state.value = 'off'
    if (!recording.isGone) onEnd(failure)
  }
  recording.own = own
  own.start(SLICE_MS)
  watch.reset()
  watch.go()
  elapsedMs.value = 0
  state.value = 'on'
  recording.timer = setInterval(() => {
    elapsedMs.value = watch.ms()
    if (elapsedMs.value >= MAX_MS) stopRecording(recording)
  }, TICK_MS)
}

/** The recorder of a draft. `onEnd` gets the reason when the storage failed. Call it in a setup; leaving ends the recording. */
export function useRecorder(submissionId: string, onEnd: (failure: unknown) => void) {
  const recording = emptyRecorder()
  const { state, elapsedMs, watch } = recording

  /** Faults: `microphone_refused`, `microphone_missing`, `microphone_busy`, and those of the storage. */
  async function start(): Promise<void> {
    const type = recordable()
    if (!type || state.value !== 'off') return
    state.value = 'asking'
    try {
      const stream = await openMicrophone()
      const id = await beginRecording(submissionId, type[1])
      if (recording.isGone) return stream.getTracks().forEach((track) => track.stop())
      const own = new MediaRecorder(stream, { mimeType: type[0], audioBitsPerSecond: BITS_A_SECOND })
      run(recording, own, id, onEnd)
    } catch (error) {
      state.value = 'off'
      throw error
    }
  }
  function pause(): void {
    recording.own?.pause()
    watch.halt()
    state.value = 'paused'
  }
  function resume(): void {
    recording.own?.resume()
    watch.go()
    state.value = 'on'
  }
  onScopeDispose(() => {
    recording.isGone = true
    stopRecording(recording)
  })
  return { state, elapsedMs, start, pause, resume, stop: () => stopRecording(recording) }
}
