/** Records a camera or a microphone. Each second is on the phone before the next one ends. */
import { onScopeDispose, ref } from 'vue'
import { release } from '../camera'
import { appendSlice, beginRecording } from './recordings'

const SLICE_MS = 1_000
const TICK_MS = 200

/** What a browser is asked for, and the type of the file that comes of it. */
export type Recordable = readonly [asked: string, mime: string]

/** The first of these types that this browser records; null when it records none. */
export const firstRecordable = (types: readonly Recordable[]): Recordable | null =>
  globalThis.MediaRecorder && navigator.mediaDevices
    ? (types.find(([type]) => MediaRecorder.isTypeSupported(type)) ?? null)
    : null

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

interface Taking {
  /** The id of the draft that the recording belongs to. */
  submissionId: string
  /** The recorder stops by itself after so long. */
  maxMs: () => number
  /** Bits a second. */
  bits: () => MediaRecorderOptions
  /** Comes after the last slice is written and the device is given back, with the reason when the storage failed. */
  onEnd: (failure: unknown) => void
}

/** Starts the recorder and its clock. */
function run(recording: Recording, own: MediaRecorder, id: string, { maxMs, onEnd }: Taking): void {
  const { state, elapsedMs, watch } = recording
  const whenWritten = keepSlices(own, id, () => stopRecording(recording))
  own.onstop = async () => {
    clearInterval(recording.timer)
    release(own.stream)
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
    if (elapsedMs.value >= maxMs()) stopRecording(recording)
  }, TICK_MS)
}

/** The recorder of a draft. Call it in a setup; leaving ends the recording, which stays. */
export function useSlices(taking: Taking) {
  const recording = emptyRecorder()
  const { state, elapsedMs, watch } = recording

  /** Faults: those of `open` and of the storage. */
  async function start([type, mime]: Recordable, open: () => Promise<MediaStream>): Promise<void> {
    if (state.value !== 'off') return
    state.value = 'asking'
    try {
      const stream = await open()
      const id = await beginRecording(taking.submissionId, mime)
      if (recording.isGone) return release(stream)
      run(recording, new MediaRecorder(stream, { mimeType: type, ...taking.bits() }), id, taking)
    } catch (error) {
      state.value = 'off'
      throw error
    }
  }
  function pause(): void {
    recording.own?.requestData() // a pause may be long, and a phone ends pages that wait
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
