/** The phone's cameras and microphone, for those who scan a code, film or speak. */
import { Fault } from '@/domain/fault'

/** The side of the phone that a camera looks from. */
export type Facing = 'environment' | 'user'

/** Why a device gives nothing: the person or the phone refused it, there is none, or another app may use it. */
export type DeviceTrouble = 'denied' | 'missing' | 'busy'

const TROUBLES: Readonly<Record<string, DeviceTrouble>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
}

/** The meaning of a failure of {@link openCamera}. */
export const deviceTrouble = (error: unknown): DeviceTrouble => TROUBLES[(error as Error).name] ?? 'busy'

/** The same as a fault: `camera_refused`, `microphone_missing` and so on. */
export function deviceFault(device: 'camera' | 'microphone', cause: unknown): Fault {
  const trouble = deviceTrouble(cause)
  return new Fault(`${device}_${trouble === 'denied' ? 'refused' : trouble}`, false, { cause })
}

interface Asks extends MediaTrackConstraints {
  /** The microphone too. */
  sound?: boolean
}

/** Opens the camera on that side, or another one if there is none. Throws DOMException (see {@link deviceTrouble}). */
export async function openCamera(
  facing: Facing,
  { sound = false, ...more }: Asks = {},
): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new DOMException('no camera here', 'NotFoundError')
  const video = { facingMode: { ideal: facing }, width: { ideal: 1280 }, height: { ideal: 720 }, ...more }
  return navigator.mediaDevices.getUserMedia({ video, audio: sound })
}

/** Whether there are two cameras or more. */
export async function hasTwoCameras(): Promise<boolean> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => [])
  return devices.filter(({ kind }) => kind === 'videoinput').length > 1
}

/** Gives the devices back. */
export const release = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop())
