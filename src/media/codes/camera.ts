/** The phone's camera as a scanner of codes uses it. */

/** `no_decoder`: this browser cannot read codes, or its decoder did not arrive. `busy`: another app may use the camera. */
export type CameraTrouble = 'no_decoder' | 'denied' | 'missing' | 'busy'

const TROUBLE: Record<string, CameraTrouble> = {
  NotSupportedError: 'no_decoder',
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
}

/** The meaning of a failure of {@link openCamera} or of the reader. */
export const troubleOf = (error: unknown): CameraTrouble =>
  (error instanceof DOMException ? TROUBLE[error.name] : undefined) ?? 'busy'

/** Whether this device has something to scan with: a camera that pages may ask for, and a decoder. */
export const canScan = (): boolean =>
  !!navigator.mediaDevices && ('BarcodeDetector' in globalThis || 'WebAssembly' in globalThis)

export type Facing = 'environment' | 'user'

/** Opens the camera on that side, or another one if there is none. Throws DOMException (see {@link troubleOf}). */
export async function openCamera(facing: Facing): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new DOMException('no camera here', 'NotFoundError')
  const video = { facingMode: { ideal: facing }, width: { ideal: 1280 }, height: { ideal: 720 } }
  return navigator.mediaDevices.getUserMedia({ video, audio: false })
}

/** Whether there are two cameras or more. */
export async function hasTwoCameras(): Promise<boolean> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => [])
  return devices.filter(({ kind }) => kind === 'videoinput').length > 1
}

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
