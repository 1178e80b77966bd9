/** Records the microphone for a voice note. */
import { deviceFault } from '../camera'
import { firstRecordable, useSlices, type Recordable } from '../recorder/useSlices'

/** The recorder stops by itself after so long. */
export const MAX_MS = 90_000
/** Speech in Opus is clear at half of it; AAC needs more. 90 seconds are 360 kB. */
const BITS_A_SECOND = 32_000

const TYPES: readonly Recordable[] = [
  ['audio/webm;codecs=opus', 'audio/webm'],
  ['audio/mp4;codecs=mp4a.40.2', 'audio/mp4'],
  ['audio/mp4', 'audio/mp4'],
]

/** What this browser can record and the server accepts; null when it can record neither. */
export const recordable = () => firstRecordable(TYPES)

/** The microphone. Faults: `microphone_refused`, `microphone_missing`, `microphone_busy`. */
const openMicrophone = (): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({ audio: true }).catch((cause: unknown) => {
    throw deviceFault('microphone', cause)
  })

/** The recorder of a draft. `onEnd` gets the reason when the storage failed. Call it in a setup; leaving ends the recording. */
export function useRecorder(submissionId: string, onEnd: (failure: unknown) => void) {
  const bits = { audioBitsPerSecond: BITS_A_SECOND }
  const slices = useSlices({ submissionId, maxMs: () => MAX_MS, bits: () => bits, onEnd })

  /** Faults: `microphone_refused`, `microphone_missing`, `microphone_busy`, and those of the storage. */
  async function start(): Promise<void> {
    const type = recordable()
    if (type) await slices.start(type, openMicrophone)
  }
  return { ...slices, start }
}
