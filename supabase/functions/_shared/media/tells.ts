/**
 * What a video file says besides picture and sound. Everything that is not on the lists of `mp4.ts` and `webm.ts`
 * counts, so that a new way to write a place is held without being known.
 *
 * - `tags`: descriptions (place, device, author, cover)
 * - `time`: when it was filmed
 * - `device`: names of the camera or of its programs
 * - `tracks`: tracks that are neither picture nor sound, such as timed text and camera telemetry
 * - `hidden`: parts that no player needs, and bytes that no picture and no sound uses
 * - `truncated`: the file ends before its picture and sound do
 * - `unreadable`: no player can find picture and sound in it
 */
export const TELLS = ['tags', 'time', 'device', 'tracks', 'hidden', 'truncated', 'unreadable'] as const
export type Tell = (typeof TELLS)[number]

/** Where a file says it. `blank`: how it can be taken out without moving any other byte; null: it cannot. */
export interface Mark {
  tell: Tell
  at: number // of the box's header
  start: number // of the bytes
  end: number
  blank: 'box' | 'field' | null
}
