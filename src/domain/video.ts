/** Videos on the wire, and the rules of their files and texts as hints while the person writes; the server decides. */
import type { Consent, Sector } from './propuesta'
import type { AgeSubmission, Authorisation, MinorReport } from './minor'
import type { Refusal } from './refusals'
import { canon, tidied, visibleLength } from './canon'

export const TITLE_MAX = 80
export const SUMMARY_MAX = 300
export const TRANSCRIPT_MAX = 5000
/** The maximum size of a poster, the picture of a video in lists, in decoded bytes. */
export const POSTER_MAX_BYTES = 65_536

/** The uploaded share of a video, 0 to 0.99. Only the server's answer makes it 1. */
export const shareSent = (offset: number, bytes: number): number => Math.min(0.99, offset / bytes)

/** The types that phones' cameras make and the server accepts, without parameters such as `;codecs=vp8`. */
export const VIDEO_TYPES = ['video/mp4', 'video/webm', 'video/quicktime', 'video/3gpp'] as const

/**
 * `mismatch`: the bytes that arrived differ from the announced ones, or say more than picture and sound (`tells`).
 * `expired`: they did not arrive in time.
 */
export type MediaStatus = 'awaiting_upload' | 'attached' | 'verified' | 'mismatch' | 'expired' | 'removed'

/** Why the server holds a file: supabase/functions/_shared/media/tells.ts. */
export type Tell = 'tags' | 'time' | 'device' | 'tracks' | 'hidden' | 'truncated' | 'unreadable'

const CODECS: Readonly<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'H.265 (HEVC)',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
  aac: 'AAC',
  opus: 'Opus',
  mp3: 'MP3',
}

/** The usual name of a codec, like «H.264» of `avc`; an unknown codec unchanged. */
export const codecName = (codec: string): string => CODECS[codec] ?? codec

/** A file as its phone describes it. `id` is a random v4 and the upload's secret: it allows one upload. */
export interface MediaFile {
  id: string
  bytes: number
  mime: string // without parameters: `video/webm`, never `video/webm;codecs=vp8`
  duration_ms: number
  width: number
  height: number
}

export interface VideoText {
  pillar: string
  title: string
  summary: string
  transcript: string | null // required only for publication, and only where somebody speaks
}

/** A caption: from and until when it is shown, in ms, and its text on one or two lines. */
export interface Cue {
  at: number
  to: number
  text: string
}

/** A video's content. Its bytes may arrive until `media.expires_at`. */
export interface VideoContent extends VideoText {
  sector: Sector | null
  municipality: string | null
  minor?: { authorisation: Authorisation } // absent of adults
  voiceless?: boolean // staff say that nobody speaks in it; absent otherwise
  /** Rows kept from before the server looked for `tells` lack them. */
  media: MediaFile & { status: MediaStatus; expires_at: string; tells?: Tell[] }
}

/** A video that lacks its public copy: an accepted one, or one that was published by its original. */
export interface MissingRendition {
  id: string
  folio: string
  state: 'accepted' | 'published'
  title: string
  media_id: string
  bytes: number
  mime: string
  duration_ms: number
  picture: string | null
  has_captions: boolean
}

/** The public copy of a video as staff see it. `waiting`: it is being sent. `unfit`: it is not what was announced. */
export interface Rendition {
  id: string
  status: 'waiting' | 'attached' | 'verified' | 'unfit'
  bytes: number
  duration_ms: number
  width: number
  height: number
  tells: Tell[]
}

/** A video's content for staff, who also see what the phone announced and what the server found in the bytes. */
export interface StaffVideoContent extends VideoContent {
  minor?: MinorReport
  transcribed: boolean // staff wrote the transcript
  /** What the jury of its campaign makes of it; null without one. Absent from rows of before. */
  selection?: 'open' | 'chosen' | 'left_out' | null
  captions?: Cue[] | null // null: none were made; absent from rows of before
  /** The copy that may become public; null: none was made. */
  rendition?: Rendition | null
  captions_behind?: boolean // the transcript changed after they were made
  media: VideoContent['media'] & {
    sha256: string
    /** The codecs like `avc` and `aac`; null: none, or unknown. Findings from before the check lack the last three. */
    found: {
      bytes: number
      sha256: string
      mime: string
      tells?: Tell[] | null
      picture?: string | null
      sound?: string | null
    } | null
    poster: string | null // base64 of a JPEG
  }
}

/** The payload of `video.submit`; the bytes are uploaded separately. `poster` is the base64 of a JPEG. */
export interface VideoSubmission extends VideoText, AgeSubmission {
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
  minors?: true // those under 18 may take part
  /** The widest limits that were ever public: a file that this phone holds since then is received. Absent in older rows. */
  once?: { min_s: number; max_s: number; max_bytes: number }
  medium: string // where videos are published, in the words of the consent
  licence_until: string // `YYYY-MM-DD`
}

/** An item of `published_videos`. `object`, `poster` and `captions` are names in the public bucket. */
export interface PublishedVideo extends VideoText {
  folio: string
  name: string | null
  municipality: string | null
  sector?: Sector | null // absent in answers kept from before
  published_at: string
  duration_ms: number
  bytes: number
  mime: string
  object: string
  poster: string | null
  captions?: string | null // absent in answers kept from before there were captions
  voiceless?: boolean | null // nobody speaks in it
  reply: string | null
}

const isTooLong = (text: string, max: number) => [...canon(text).trim()].length > max

/** Why this title is refused, or null. It needs 1 to 80 code points on one line. */
export function refuseTitle(title: string): Refusal | null {
  if (visibleLength(title) === 0) return 'title_required'
  return isTooLong(tidied(title), TITLE_MAX) ? 'title_too_long' : null
}

/** Why this summary is refused, or null. It needs 1 to 300 code points. */
export function refuseSummary(summary: string): Refusal | null {
  if (visibleLength(summary) === 0) return 'summary_required'
  return isTooLong(summary, SUMMARY_MAX) ? 'summary_too_long' : null
}

/** Why this transcript is refused, or null. It may be empty, and has at most 5,000 code points. */
export const refuseTranscript = (transcript: string): Refusal | null =>
  isTooLong(transcript, TRANSCRIPT_MAX) ? 'transcript_too_long' : null

/** Why this campaign refuses the file, or null. */
export function refuseMedia(
  { mime, bytes, duration_ms }: Pick<MediaFile, 'mime' | 'bytes' | 'duration_ms'>,
  { min_s, max_s, max_bytes }: Pick<VideoDetails, 'min_s' | 'max_s' | 'max_bytes'>,
): Refusal | null {
  if (!VIDEO_TYPES.some((type) => type === mime)) return 'media_type_unsupported'
  if (bytes > max_bytes) return 'media_too_large'
  if (duration_ms < min_s * 1000) return 'media_too_short'
  return duration_ms > max_s * 1000 ? 'media_too_long' : null
}
