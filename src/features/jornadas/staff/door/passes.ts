/** The meaning of a scanned code at this door. It works offline, because the list holds the hash of each pass. */
import type { DoorLine } from '@/features/jornadas/registration'
import type { Person } from './people'

export interface Pass {
  folio: string
  jornada_id: string
  code: string
}

export type Judgement =
  | { outcome: 'good'; person: Person; pass: Pass }
  | { outcome: 'used' | 'waiting' | 'offered' | 'invalid' | 'refused'; person: Person }
  | { outcome: 'wrong_day'; pass: Pass }
  | { outcome: 'unknown' | 'not_a_pass' }

/** `CONVOCA:<folio>:<jornada>:<code>`, as PaseView draws it. Null for any other text. */
export function readPass(text: string): Pass | null {
  const parts = /^CONVOCA:([^:\s]+):([0-9a-f-]{36}):([0-9a-z]+)$/iu.exec(text.trim())
  if (!parts) return null
  const [, folio, jornada, code] = parts
  return { folio: folio!.toUpperCase(), jornada_id: jornada!.toLowerCase(), code: code!.toLowerCase() }
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
  if (pass.jornada_id !== jornadaId) return { outcome: 'wrong_day', pass }
  const isOf = ({ line }: Person) => passesOf(line).some(({ folio }) => folio === pass.folio)
  const person = people.find(isOf)
  if (!person) return { outcome: 'unknown' }
  const { state, line } = person
  if (state === 'waiting' || state === 'offered') return { outcome: state, person }
  const hash = await hashPass(pass.code)
  if (!passesOf(line).some((one) => one.folio === pass.folio && one.pass_hash === hash))
    return { outcome: 'invalid', person }
  if (state === 'refused') return { outcome: 'refused', person }
  return state === 'confirmed' ? { outcome: 'good', person, pass } : { outcome: 'used', person }
}
