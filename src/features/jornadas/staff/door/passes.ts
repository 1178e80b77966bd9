/** The meaning of a scanned code at this door. It works offline, because the list holds the hash of each pass. */
import type { DoorLine } from '@/features/jornadas/registration'
import { scanned } from './keyboardScan'
import type { Person } from './people'

export interface Pass {
  folio: string
  jornada_id: string
  code: string
}

export type Judgement =
  | { outcome: 'good'; person: Person; pass: Pass }
  | { outcome: 'used' | 'waiting' | 'offered' | 'invalid' | 'refused'; person: Person }
  /** `here`: the owner of its folio on today's list, whose seat has another pass. */
  | { outcome: 'wrong_day'; pass: Pass; here: Person | null }
  | { outcome: 'unknown' | 'not_a_pass' }

const SIGN = '[^A-Z0-9]{1,2}'
/** A hyphen, which a dead key may have joined to the next letter. */
const HYPHEN = '[^A-Z0-9]{0,2}'
const FOLIO = ['([A-Z]{2})', '(\\d{4})', '(\\d{6,})', '(\\d)'].join(HYPHEN)
const JORNADA = ['([0-9A-F]{8})', ...Array<string>(3).fill('([0-9A-F]{4})'), '([0-9A-F]{12})'].join(HYPHEN)
const PASS = new RegExp(`^(?:[^A-Z0-9]Q\\d)?CONVOCA${SIGN}${FOLIO}${SIGN}${JORNADA}${SIGN}([0-9A-Z]+)$`, 'u')

/**
 * `CONVOCA:<folio>:<jornada>:<code>`, as PaseView draws it, by the camera or by a scanner that types. Null for any other
 * text.
 */
export function readPass(text: string): Pass | null {
  const parts = PASS.exec(scanned(text))?.slice(1)
  if (!parts) return null
  return {
    folio: parts.slice(0, 4).join('-'),
    jornada_id: parts.slice(4, 9).join('-').toLowerCase(),
    code: parts[9]!.toLowerCase(),
  }
}

/** The SHA-256 of the code in hexadecimal, comparable with `pass_hash`. */
export async function hashPass(code: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code))
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The pass of a line, and those of other registrations of the same person. */
const passesOf = ({ folio, pass_hash, also = [] }: DoorLine) => [{ folio, pass_hash }, ...also]

/** Judges a code against the list of the day. Only the owner of a `good` one may be marked. */
export async function judgePass(
  text: string,
  jornadaId: string,
  people: readonly Person[],
): Promise<Judgement> {
  const pass = readPass(text)
  if (!pass) return { outcome: 'not_a_pass' }
  const isOf = ({ line }: Person) => passesOf(line).some(({ folio }) => folio === pass.folio)
  const person = people.find(isOf)
  if (pass.jornada_id !== jornadaId) return { outcome: 'wrong_day', pass, here: person ?? null }
  if (!person) return { outcome: 'unknown' }
  const { state, line } = person
  if (state === 'waiting' || state === 'offered') return { outcome: state, person }
  const hash = await hashPass(pass.code)
  if (!passesOf(line).some((one) => one.folio === pass.folio && one.pass_hash === hash))
    return { outcome: 'invalid', person }
  if (state === 'refused') return { outcome: 'refused', person }
  return state === 'confirmed' ? { outcome: 'good', person, pass } : { outcome: 'used', person }
}
