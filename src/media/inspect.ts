/** Whether a chosen file is a video that may be sent, found out where it lies, before a byte is copied. */
import { readContainer } from './container'
import { UNKNOWN, type Contents, type VideoMime } from './contents'
import { measure as measureInBrowser, type Measured } from './measure'

/** As the campaign's details (`VideoDetails`) have them. */
export interface VideoLimits {
  min_s: number
  max_s: number
  max_bytes: number
}

export interface Inspected {
  mime: VideoMime
  bytes: number
  durationMs: number
  width: number
  height: number
  /** Null where neither the file nor the browser says. */
  hasSound: boolean | null
}

export type MediaRefusal =
  | 'media_unreadable'
  | 'media_type_unsupported'
  | 'media_too_large'
  | 'media_too_short'
  | 'media_too_long'
  | 'media_no_sound'
  | 'media_no_picture'

const refuse = (refusal: MediaRefusal): { refusal: MediaRefusal } => ({ refusal })

/** The browser's player first: it knows what people will see. The file speaks where the player is silent. */
function merge(measured: Measured | null, said: Contents) {
  const isSeen = measured !== null && measured.width > 0
  return {
    durationMs: measured?.durationMs ?? said.durationMs,
    width: isSeen ? measured.width : said.width,
    height: isSeen ? measured.height : said.height,
    // A player that lacks the codec finds sound only: the file's own word counts then.
    hasPicture: isSeen || (said.hasPicture ?? false),
    hasSound: said.hasSound ?? measured?.hasSound ?? null,
  }
}

/**
 * Looks at a chosen file. Returns what it is, or the first reason why it cannot be sent. Never rejects.
 * `measure` is how the browser is asked.
 */
export async function inspectVideo(
  file: Blob,
  limits: VideoLimits,
  measure: (file: Blob) => Promise<Measured | null> = measureInBrowser,
): Promise<Inspected | { refusal: MediaRefusal }> {
  const container = await readContainer(file).catch(() => undefined)
  if (container === undefined || file.size === 0) return refuse('media_unreadable')
  if (container === null) return refuse('media_type_unsupported')
  if (file.size > limits.max_bytes) return refuse('media_too_large')
  const measured = await measure(file)
  if (!measured && container.contents === UNKNOWN) return refuse('media_unreadable')
  const { durationMs, width, height, hasPicture, hasSound } = merge(measured, container.contents)
  if (!hasPicture) return refuse('media_no_picture')
  if (!durationMs || !width || !height) return refuse('media_unreadable')
  if (durationMs < limits.min_s * 1000) return refuse('media_too_short')
  if (durationMs > limits.max_s * 1000) return refuse('media_too_long')
  if (hasSound === false) return refuse('media_no_sound')
  return { mime: container.mime, bytes: file.size, durationMs, width, height, hasSound }
}
