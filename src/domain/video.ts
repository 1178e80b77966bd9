/** What a video and its text may be, on the wire and as hints to who sends it: the server decides. */
import type { Consent, Sector } from './propuesta'
import type { Refusal } from './refusals'
import { hasControl, visibleLength } from './text'

export const TITLE_MAX = 80
export const SUMMARY_MAX = 300
export const TRANSCRIPT_MAX = 5000
/** Decoded bytes of the picture that stands for a video in lists. */
export const POSTER_MAX_BYTES = 65_536

/** How much of a video the server has, 0 to 0.99 of it: whole it is only by the server's own word. */
export const shareSent = (offset: number, bytes: number): number => Math.min(0.99, offset / bytes)

/** What phones' cameras make, and what may be uploaded. Parameters such as `;codecs=vp8` are cut off before. */
export const VIDEO_TYPES = ['video/mp4', 'video/webm', 'video/quicktime', 'video/3gpp'] as const

/** `mismatch`: what arrived is not what the phone announced. `expired`: it never arrived. */
export type MediaStatus = 'awaiting_upload' | 'attached' | 'verified' | 'mismatch' | 'expired' | 'removed'

/** A file as its phone describes it. `id` is a random v4: whoever knows it may upload it once. */
export interface MediaFile {
  id: string
  bytes: number
  mime: string // no parameters: `video/webm`, never `video/webm;codecs=vp8`
  duration_ms: number
  width: number
  height: number
}

export interface VideoText {
  pillar: string
  title: string
  summary: string
  transcript: string | null // needed before publication only
}

/** `media.expires_at` is until when its bytes may still arrive. */
export interface VideoContent extends VideoText {
  sector: Sector | null
  municipality: string | null
  media: MediaFile & { status: MediaStatus; expires_at: string }
}

/** What staff see besides: what the phone claimed, and what was found in the bytes that arrived. */
export interface StaffVideoContent extends VideoContent {
  transcribed: boolean // the transcript is the staff's
  media: VideoContent['media'] & {
    sha256: string
    found: { bytes: number; sha256: string; mime: string } | null
    poster: string | null // base64 of a JPEG
  }
}

/** What `video.submit` carries; the bytes follow by themselves. `poster` is the base64 of a JPEG. */
export interface VideoSubmission extends VideoText {
  convocatoria_id: string
  media: MediaFile & { sha256: string }
  poster: string | null
  sector: Sector | null
  municipality: string | null
  display_name: string | null
  email: string | null
  notice_id: string
  notice_hash: string
  locale: string
  consented_at: string
  consents: Consent[]
}

/** `details` of a convocatoria of kind videos. */
export interface VideoDetails {
  pillars: { key: string; title: string; hint: string }[]
  min_s: number
  max_s: number
  max_bytes: number
  medium: string // where it is published, as the consent names it
  licence_until: string // day
}

/** One of `published_videos`. `object` and `poster` are names in the bucket that everybody may read. */
export interface PublishedVideo extends VideoText {
  folio: string
  name: string | null
  municipality: string | null
  published_at: string
  duration_ms: number
  bytes: number
  mime: string
  object: string
  poster: string | null
  reply: string | null
}

const isTooLong = (text: string, max: number) => [...text.trim()].length > max

/** Why this cannot be the title, or null. One line, 1 to 80 code points. */
export function refuseTitle(title: string): Refusal | null {
  if (hasControl(title) || /[\r\n\t]/u.test(title)) return 'body_invalid'
  if (visibleLength(title) === 0) return 'title_required'
  return isTooLong(title, TITLE_MAX) ? 'title_too_long' : null
}

/** Why this cannot be the summary, or null. 1 to 300 code points. */
export function refuseSummary(summary: string): Refusal | null {
  if (hasControl(summary)) return 'body_invalid'
  if (visibleLength(summary) === 0) return 'summary_required'
  return isTooLong(summary, SUMMARY_MAX) ? 'summary_too_long' : null
}

/** Why this cannot be the transcript, or null. Empty is allowed: it is asked for before publication. */
export function refuseTranscript(transcript: string): Refusal | null {
  if (hasControl(transcript)) return 'body_invalid'
  return isTooLong(transcript, TRANSCRIPT_MAX) ? 'transcript_too_long' : null
}

/** Why this campaign cannot take such a file, or null. */
export function refuseMedia(
  { mime, bytes, duration_ms }: Pick<MediaFile, 'mime' | 'bytes' | 'duration_ms'>,
  { min_s, max_s, max_bytes }: Pick<VideoDetails, 'min_s' | 'max_s' | 'max_bytes'>,
): Refusal | null {
  if (!VIDEO_TYPES.some((type) => type === mime)) return 'media_type_unsupported'
  if (bytes > max_bytes) return 'media_too_large'
  if (duration_ms < min_s * 1000) return 'media_too_short'
  return duration_ms > max_s * 1000 ? 'media_too_long' : null
}
