/** Types shared by the MP4 and WebM readers. */

/** What the file contains; null for a value that the file does not state. */
export interface Contents {
  durationMs: number | null
  width: number | null
  height: number | null
  hasPicture: boolean | null
  hasSound: boolean | null
}

/** The contents of a file that states none of these values. */
export const UNKNOWN: Contents = {
  durationMs: null,
  width: null,
  height: null,
  hasPicture: null,
  hasSound: null,
}

/** The types of video that the server accepts. */
export type VideoMime = 'video/mp4' | 'video/quicktime' | 'video/3gpp' | 'video/webm'

/** Reads the bytes from `start` up to, but not including, `end` or the file's end. */
export type Read = (start: number, end: number) => Promise<DataView>

/** The four-character code at an offset, like `moov`. */
export const fourCharacters = (view: DataView, at: number): string =>
  String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, 4))
