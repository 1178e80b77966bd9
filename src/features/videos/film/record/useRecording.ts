/** A video that is recorded on this page: camera, countdown, slices on the phone, and every way in which it may end. */
import { computed, onScopeDispose, ref, watch } from 'vue'
import { Fault } from '@/domain/fault'
import { stayAwake } from '@/media/film/awake'
import { recordable } from '@/media/film/camera'
import { recordingBits } from '@/media/film/plan'
import type { VideoLimits } from '@/media/inspect'
import { dropRecordings, leftRecording } from '@/media/recorder/recordings'
import { useSlices } from '@/media/recorder/useSlices'
import { isRoomLeft, longestHere } from './roomFor'
import { useCamera } from './useCamera'
import { useCountdown } from './useCountdown'
import { useInterruptions, type Interruption } from './useInterruptions'

export interface Recording {
  /** The id of the draft or submission that it is for. */
  owner: string
  limits: VideoLimits
  /** It ended as the person wanted. */
  take: (file: Blob) => void
  /** It ended by itself, or never began. What was recorded stays on the phone. */
  fail: (cause: unknown) => void
}

/** What comes of a recording that ended. `cause`: why it ended before the person ended it. */
async function hand({ owner, take, fail }: Recording, cause: unknown): Promise<void> {
  const left = await leftRecording(owner).catch(() => null)
  if (cause) fail(cause)
  else if (left) take(left.file)
  else fail(new Fault('recording_empty', false))
}

const LOOKS_EVERY_MS = 5_000

/** The slices and the camera of a recording. `startOver` comes instead of its end when the person wanted to begin again. */
function useDevices(recording: Recording, startOver: () => Promise<void>) {
  const { owner, limits, fail } = recording
  const maxMs = ref(limits.max_s * 1000)
  let cause: unknown
  let isAgain = false

  async function end(failure: unknown): Promise<void> {
    camera.close()
    if (!isAgain) return hand(recording, failure ?? cause)
    isAgain = false
    await startOver().catch(fail)
  }
  const bits = () => recordingBits(limits)
  const slices = useSlices({ submissionId: owner, maxMs: () => maxMs.value, bits, onEnd: end })
  const isRecording = computed(() => slices.state.value === 'on' || slices.state.value === 'paused')

  function endFor(code: string): void {
    cause = new Fault(code, false)
    if (isRecording.value) slices.stop()
    else fail(cause)
  }
  const camera = useCamera(() => endFor('camera_lost'))
  /** Below the campaign's least length there is nothing to keep, so the end is a new beginning. */
  const isTooShort = computed(() => slices.elapsedMs.value < limits.min_s * 1000)
  function finish(): void {
    isAgain = isTooShort.value
    slices.stop()
  }
  return { camera, slices, maxMs, isRecording, isTooShort, endFor, finish }
}

/** Call it in a setup: it asks for the camera. Leaving ends the recording, which stays on the phone. */
export function useRecording(recording: Recording) {
  const { owner, limits, fail } = recording
  /** Why it waits, when not by the person's tap. */
  const why = ref<Interruption | null>(null)
  const devices = useDevices(recording, async () => {
    await dropRecordings(owner)
    await begin()
  })
  const { camera, slices, maxMs, isRecording } = devices
  const countdown = useCountdown(() => {
    const stream = camera.stream.value
    if (stream) slices.start(recordable()!, () => Promise.resolve(stream)).catch(fail)
  })
  async function begin(): Promise<void> {
    why.value = null
    maxMs.value = await longestHere(limits)
    await camera.open()
  }
  begin().catch(fail)

  useInterruptions((now) => {
    if (now === 'hidden') countdown.stop()
    if (slices.state.value !== 'on') return
    slices.pause()
    why.value = now
  })
  watch(
    () => Math.floor(slices.elapsedMs.value / LOOKS_EVERY_MS),
    async () => {
      const isFull = isRecording.value && !(await isRoomLeft(slices.elapsedMs.value, limits))
      if (isFull) devices.endFor('storage_full')
    },
  )
  onScopeDispose(stayAwake())

  function resume(): void {
    why.value = null
    slices.resume()
  }
  return { ...devices, countdown, why, resume, turn: () => camera.turn().catch(fail) }
}
