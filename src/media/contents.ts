/** What the readers of the two families of containers share. */

/** What the file holds; null where it does not say. */
export interface Contents {
  durationMs: number | null
  width: number | null
  height: number | null
  hasPicture: boolean | null
  hasSound: boolean | null
}

export const UNKNOWN: Contents = {
  durationMs: null,
  width: null,
  height: null,
  hasPicture: null,
  hasSound: null,
}

export type VideoMime = 'video/mp4' | 'video/quicktime' | 'video/3gpp' | 'video/webm'

/** Bytes from `start` up to `end` or the file's end. */
export type Read = (start: number, end: number) => Promise<DataView>

export const fourCharacters = (view: DataView, at: number): string =>
  String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, 4))
