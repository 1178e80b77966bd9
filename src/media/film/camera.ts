/** The camera and the microphone for a video that is recorded on this page. */
import { Fault } from '@/domain/fault'
import { firstRecordable, type Recordable } from '../recorder/useSlices'

/** What the server takes. MP4 first, which every phone shows; VP8 before VP9, which costs a phone less while it records. */
const TYPES: readonly Recordable[] = [
  ['video/mp4;codecs=avc1.42E01F,mp4a.40.2', 'video/mp4'],
  ['video/webm;codecs=vp8,opus', 'video/webm'],
  ['video/webm;codecs=vp9,opus', 'video/webm'],
  ['video/webm', 'video/webm'],
  ['video/mp4', 'video/mp4'],
]

/** What this browser can record and the server takes; null: nothing. */
export const recordable = () => firstRecordable(TYPES)

/** The side of the phone that a camera looks from. */
export type Facing = 'user' | 'environment'

const FAULTS: Readonly<Record<string, string>> = {
  NotAllowedError: 'camera_refused',
  SecurityError: 'camera_refused',
  NotFoundError: 'camera_missing',
  OverconstrainedError: 'camera_missing',
}

/**
 * Opens the camera of that side, or another one if there is none, with the microphone. Faults: `camera_refused`,
 * `camera_missing` (or no microphone), `camera_busy` (another program has one of them).
 */
export async function openCamera(facing: Facing): Promise<MediaStream> {
  const video = {
    facingMode: { ideal: facing },
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30 },
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: true })
  } catch (cause) {
    throw new Fault(FAULTS[(cause as Error).name] ?? 'camera_busy', false, { cause })
  }
}

/** Whether there are two cameras or more. */
export async function hasTwoCameras(): Promise<boolean> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => [])
  return devices.filter(({ kind }) => kind === 'videoinput').length > 1
}
