/** Decides whether a chosen file is a video that may be sent, where it lies: no byte is copied. */
import { readContainer } from './container'
import { UNKNOWN, type Contents, type VideoMime } from './contents'
import { measure as measureInBrowser, type Measured } from './measure'

/** The limits of the campaign's details (`VideoDetails`). */
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
  /** Null when neither the file nor the browser tells. */
  hasSound: boolean | null
}

/** Why a file cannot be sent. One over the limits of size and length can: a part of it, or a lighter copy. */
export type MediaRefusal =
  | 'media_unreadable'
  | 'media_type_unsupported'
  | 'media_too_short'
  | 'media_no_sound'
  | 'media_no_picture'
  | 'media_truncated'
  | 'media_not_clean'

const refuse = (refusal: MediaRefusal): { refusal: MediaRefusal } => ({ refusal })

/** Prefers the browser's player, which knows what people will see. The file fills in what the player lacks. */
function merge(measured: Measured | null, said: Contents) {
  const isSeen = measured !== null && measured.width > 0
  return {
    durationMs: measured?.durationMs ?? said.durationMs,
    width: isSeen ? measured.width : said.width,
    height: isSeen ? measured.height : said.height,
    // A player without the video codec finds only sound. The file then decides.
    hasPicture: isSeen || (said.hasPicture ?? false),
    hasSound: said.hasSound ?? measured?.hasSound ?? null,
  }
}

/**
 * Inspects a chosen file. Returns its properties, or the first reason why it cannot be sent. Never rejects.
 * `measure` asks the browser's player.
 */
export async function inspectVideo(
  file: Blob,
  limits: VideoLimits,
  measure: (file: Blob) => Promise<Measured | null> = measureInBrowser,
): Promise<Inspected | { refusal: MediaRefusal }> {
  const container = await readContainer(file).catch(() => undefined)
  if (container === undefined || file.size === 0) return refuse('media_unreadable')
  if (container === null) return refuse('media_type_unsupported')
  const measured = await measure(file)
  if (!measured && container.contents === UNKNOWN) return refuse('media_unreadable')
  const { durationMs, width, height, hasPicture, hasSound } = merge(measured, container.contents)
  if (!hasPicture) return refuse('media_no_picture')
  if (!durationMs || !width || !height) return refuse('media_unreadable')
  if (durationMs < limits.min_s * 1000) return refuse('media_too_short')
  if (hasSound === false) return refuse('media_no_sound')
  return { mime: container.mime, bytes: file.size, durationMs, width, height, hasSound }
}
