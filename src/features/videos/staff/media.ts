/** Size, duration, type and poster of a video for the review. */

/** A size in megabytes of a million bytes, rounded up, like «38.4». */
export const megabytesOf = (bytes: number): string => (Math.ceil(bytes / 100_000) / 10).toString()

/** A duration in minutes and seconds, like «1:20». */
export function durationOf(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

const TYPES = ['video/mp4', 'video/webm', 'video/quicktime', 'video/3gpp'] as const

/** The type if it has a name, otherwise null. */
export const typeOf = (mime: string) => TYPES.find((type) => type === mime) ?? null

/** The JPEG of a base64 text; null without a text or when it is not base64. */
export function posterBlob(base64: string | null): Blob | null {
  if (!base64) return null
  try {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    return new Blob([bytes], { type: 'image/jpeg' })
  } catch {
    return null
  }
}
