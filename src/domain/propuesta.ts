/**
 * The rules of a propuesta. Each `refuse…` returns the code that SQL would raise, or null. They are hints while the
 * person writes; the server decides, by its own clock.
 */
import type { Refusal } from './refusals'
import type { MediaStatus, Tell } from './video'
import { canon, tidied, visibleLength } from './canon'

export const BODY_MIN = 20
export const BODY_MAX = 2000
export const NAME_MAX = 80

export const HELPS = ['yes', 'partly', 'no'] as const
export type Helps = (typeof HELPS)[number]

export const SECTORS = [
  'academia',
  'servicio_publico',
  'empresa',
  'estudiante',
  'sociedad_civil',
  'otro',
] as const
export type Sector = (typeof SECTORS)[number]

/** The municipality of people who live outside the state; the others are the 125 keys of INEGI. */
export const OUTSIDE_STATE = 'fuera'

/** `part_id` null means «lo que falta»: something that the strategy lacks. */
export interface PropuestaContent {
  part_id: string | null
  helps: Helps | null
  body: string
  sector: Sector | null
  municipality: string | null
  /** The sound of a propuesta that was spoken. Its bytes may arrive until `expires_at`; `removed`: they were erased. */
  media?: VoiceFile & { status: MediaStatus; expires_at: string; tells: Tell[] }
  /** `written`: `body` is what it says, no longer words that stand for it. `kept`: its author allows to publish the sound. */
  voice?: { written: boolean; kept: boolean }
}

/** A voice note as its phone describes it. `id` is a random v4 and the upload's secret: it allows one upload. */
export interface VoiceFile {
  id: string
  bytes: number
  mime: string // `audio/webm` or `audio/mp4`
  duration_ms: number
}

/** The sound of a published voice note that its author allows to publish. `object` is a name in the public bucket. */
export interface PublishedVoice {
  object: string
  bytes: number
  mime: string
  duration_ms: number
}

export interface Consent {
  key: string
  granted: boolean
}

/** The payload of `propuesta.submit`. `display_name` null means anonymous. */
export interface PropuestaSubmission extends Omit<PropuestaContent, 'body' | 'media' | 'voice'> {
  /** Null with a voice note, which stands for it. */
  body: string | null
  media?: VoiceFile & { sha256: string }
  convocatoria_id: string
  display_name: string | null
  email: string | null
  notice_id: string
  notice_hash: string
  locale: string
  consented_at: string
  consents: Consent[]
}

/** Why this body is refused, or null. It needs 20 to 2,000 code points, at least 20 of them visible. */
export function refuseBody(body: string): Refusal | null {
  if (visibleLength(body) < BODY_MIN) return 'body_too_short'
  return [...canon(body).trim()].length > BODY_MAX ? 'body_too_long' : null
}

/** Why this name is refused, or null. It needs 1 to 80 code points on one line; anonymous submissions have no name. */
export function refuseName(name: string): Refusal | null {
  if (visibleLength(name) === 0) return 'name_required'
  return [...tidied(name)].length > NAME_MAX ? 'name_too_long' : null
}

/** Why this answer to «helps» is refused, or null: an action needs one; a paragraph and «lo que falta» must have none. */
export function refuseHelps(helps: Helps | null, partKind: 'action' | 'paragraph' | null): Refusal | null {
  if (partKind === 'action') return helps === null ? 'helps_required' : null
  return helps === null ? null : 'helps_unexpected'
}
