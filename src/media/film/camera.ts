/** The camera and the microphone for a video that is recorded on this page. */
import { deviceFault, type Facing, openCamera } from '../camera'
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

/**
 * Opens the camera of that side, or another one if there is none, with the microphone. Faults: `camera_refused`,
 * `camera_missing` (or no microphone), `camera_busy` (another program has one of them).
 */
export const openFilmCamera = (facing: Facing): Promise<MediaStream> =>
  openCamera(facing, { sound: true, frameRate: { ideal: 30 } }).catch((cause: unknown) => {
    throw deviceFault('camera', cause)
  })
