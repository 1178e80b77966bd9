/** The phone's camera as a scanner of codes uses it. */
import { type DeviceTrouble, deviceTrouble } from '../camera'

/** `no_decoder`: this browser cannot read codes, or its decoder did not arrive. `busy`: another app may use the camera. */
export type CameraTrouble = 'no_decoder' | DeviceTrouble

/** The meaning of a failure of `openCamera` or of the reader. */
export const troubleOf = (error: unknown): CameraTrouble =>
  (error as Error).name === 'NotSupportedError' ? 'no_decoder' : deviceTrouble(error)

/** Whether this device has something to scan with: a camera that pages may ask for, and a decoder. */
export const canScan = (): boolean =>
  !!navigator.mediaDevices && ('BarcodeDetector' in globalThis || 'WebAssembly' in globalThis)

/** The lamp is not in TypeScript's library (W3C mediacapture-image). */
type Lamp = MediaTrackCapabilities & { torch?: boolean }

export const hasTorch = (stream: MediaStream): boolean =>
  !!(stream.getVideoTracks()[0]?.getCapabilities?.() as Lamp | undefined)?.torch

/** Resolves to whether the lamp is as wanted. */
export async function setTorch(stream: MediaStream, on: boolean): Promise<boolean> {
  const wanted = { advanced: [{ torch: on } as object as MediaTrackConstraintSet] }
  return await stream
    .getVideoTracks()[0]!
    .applyConstraints(wanted)
    .then(
      () => true,
      () => false,
    )
}

/** A code counts as a new scan after this long out of sight, in ms. */
const AWAY_MS = 2_000

/** Distinguishes a new scan from a code that stays in sight. Call it with every look; true for a new scan. */
export function makeSight(): (text: string | null, now: number) => boolean {
  let last: string | null = null
  let seenAt = 0
  return (text, now) => {
    if (text === null) return false
    const isNew = text !== last || now - seenAt > AWAY_MS
    last = text
    seenAt = now
    return isNew
  }
}
