/** The phone's camera and its reader of QR codes. */

/** BarcodeDetector is not in TypeScript's library (WICG shape-detection-api; Chrome on Android). */
interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}

const detectorClass = () => (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector

/** Whether this browser reads QR codes. Some have BarcodeDetector without any format. */
export async function canScan(): Promise<boolean> {
  try {
    return (await detectorClass()?.getSupportedFormats())?.includes('qr_code') ?? false
  } catch {
    return false
  }
}

export type CameraTrouble = 'unsupported' | 'denied' | 'missing' | 'busy'

const TROUBLE: Record<string, CameraTrouble> = {
  NotSupportedError: 'unsupported',
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
}

/** The meaning of a failure of {@link openCamera}. `busy`: another app may use the camera. */
export const troubleOf = (error: unknown): CameraTrouble =>
  (error instanceof DOMException ? TROUBLE[error.name] : undefined) ?? 'busy'

/** Opens the rear camera, or another one if there is none. Throws DOMException (see {@link troubleOf}). */
export async function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new DOMException('no camera here', 'NotFoundError')
  const video = { facingMode: { ideal: 'environment' } }
  return navigator.mediaDevices.getUserMedia({ video, audio: false })
}

export const makeDetector = (): Detector => new (detectorClass()!)({ formats: ['qr_code'] })

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
