/** What a video and its text may be, on the wire and as hints to who sends it: the server decides. */
import type { Consent, Sector } from './propuesta'

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
