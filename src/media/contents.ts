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
