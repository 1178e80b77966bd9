/**
 * The rules of a propuesta. Each `refuse…` returns the code that SQL would raise, or null. They are hints while the
 * person writes; the server decides, by its own clock.
 */
import type { Refusal } from './refusals'
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
}

export interface Consent {
  key: string
  granted: boolean
}

/** The payload of `propuesta.submit`. `display_name` null means anonymous. */
export interface PropuestaSubmission extends PropuestaContent {
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
