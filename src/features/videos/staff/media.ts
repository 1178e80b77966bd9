/** Sizes, lengths and pictures of a video, as its review says them. */

/** «38.4»: megabytes of a million bytes, as phones count them. */
export const megabytesOf = (bytes: number): string => (Math.ceil(bytes / 100_000) / 10).toString()

/** «1:20». */
export function durationOf(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

const TYPES = ['video/mp4', 'video/webm', 'video/quicktime', 'video/3gpp'] as const

/** One of the types that have a name; null for any other. */
export const typeOf = (mime: string) => TYPES.find((type) => type === mime) ?? null

/** The JPEG of a base64 text; null where there is none or it is no base64. */
export function posterBlob(base64: string | null): Blob | null {
  if (!base64) return null
  try {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    return new Blob([bytes], { type: 'image/jpeg' })
  } catch {
    return null
  }
}
