/**
 * The meaning of a scanned code at this door. It works offline: the list holds the hash of each pass, and the signature of a
 * newer pass speaks for somebody whom the list does not have yet.
 */
import { fromHex, isSigned, type PublicKey } from '@/campaign/signature'
import { dammDigit } from '@/domain/folio'
import { toHex } from '@/domain/hex'
import { kind } from '@/features/jornadas/kind'
import type { DoorLine } from '@/features/jornadas/registration'
import { readSignedPass, type SignedPass } from '../../../../../supabase/functions/_shared/signed/pass'
import { PASS_DIGITS } from '../../../../../supabase/functions/_shared/signed/passText'
import { scanned } from './keyboardScan'
import type { Person } from './people'

export interface Pass {
  folio: string
  /** The last digits of the day's id, or all 32. */
  day: string
  code: string
  /** Null for a pass of before signatures, and until it is signed. */
  signed: SignedPass | null
}

export type Judgement =
  | { outcome: 'good'; person: Person; pass: Pass }
  /** `online`: valid, and its seat is online, so the volunteer is asked. */
  | { outcome: 'used' | 'waiting' | 'offered' | 'pending' | 'online' | 'invalid' | 'refused'; person: Person }
  /** `here`: the owner of its folio on today's list, whose seat has another pass. */
  | { outcome: 'wrong_day'; pass: Pass; here: Person | null }
  /** Signed after the list was read, so that the list cannot have it. Its arrival may be noted. */
  | { outcome: 'unlisted'; pass: Pass; submission_id: string }
  /** `revoked`: signed before the list was read, which no longer has its seat. `forged`: its signature does not hold. */
  | { outcome: 'unknown' | 'not_a_pass' | 'revoked' | 'forged' }

/** What this phone knows beside the people of its list. */
export interface Known {
  keys: readonly PublicKey[]
  /** When the list was read, by the server's clock. */
  listAt: string
}

const SIGN = '[^A-Z0-9]{1,2}'
/** A hyphen, which a dead key may have joined to the next letter. */
const HYPHEN = '[^A-Z0-9]{0,2}'
const START = `^(?:[^A-Z0-9]Q\\d)?CONVOCA${SIGN}`
const FOLIO = ['([A-Z]{2})', '(\\d{4})', '(\\d{6,})', '(\\d)'].join(HYPHEN)
const JORNADA = ['([0-9A-F]{8})', ...Array<string>(3).fill('([0-9A-F]{4})'), '([0-9A-F]{12})'].join(HYPHEN)
const PASS = new RegExp(`${START}${FOLIO}${SIGN}${JORNADA}${SIGN}([0-9A-Z]+)$`, 'u')
const SIGNED = new RegExp(`${START}([0-9A-Z]{${PASS_DIGITS}})$`, 'u')

/**
 * A signed pass, or `CONVOCA:<folio>:<jornada>:<code>`, as PaseView draws it, by the camera or by a scanner that types. Null
 * for any other text.
 */
export function readPass(text: string): Pass | null {
  const typed = scanned(text)
  const signed = readSignedPass(SIGNED.exec(typed)?.[1] ?? '')
  if (signed) return { folio: folioOf(signed), day: signed.day, code: signed.code, signed }
  const parts = PASS.exec(typed)?.slice(1)
  if (!parts) return null
  return {
    folio: parts.slice(0, 4).join('-'),
    day: parts.slice(4, 9).join('').toLowerCase(),
    code: parts[9]!.toLowerCase(),
    signed: null,
  }
}

function folioOf({ year, number }: SignedPass): string {
  const digits = String(number).padStart(6, '0')
  return `${kind.folioPrefix}-${year}-${digits}-${dammDigit(`${year}${digits}`)}`
}

/** Whether a pass is of this day. */
export const isOfDay = ({ day }: Pass, jornadaId: string): boolean =>
  jornadaId.replaceAll('-', '').endsWith(day)

/** The SHA-256 of the code in hexadecimal, comparable with `pass_hash`. */
export async function hashPass(code: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code))
  return toHex(new Uint8Array(bytes))
}

/** Whether a key of the institution signed it; null without a signature, and when this phone does not know its key. */
async function holds({ signed }: Pass, keys: readonly PublicKey[]): Promise<boolean | null> {
  const known = keys.filter(({ public_key }) => signed && public_key.startsWith(signed.key))
  if (!signed || known.length === 0) return null
  const [text, signature] = [new TextEncoder().encode(signed.text), fromHex(signed.signature)!]
  for (const key of known) if (await isSigned(text, signature, key)) return true
  return false
}

/** The pass of a line, and those of other registrations of the same person. */
const passesOf = ({ folio, pass_hash, also = [] }: DoorLine) => [{ folio, pass_hash }, ...also]

/** Judges a code against the list of the day. Only the owner of a `good` or `unlisted` one may be marked. */
export async function judgePass(
  text: string,
  jornadaId: string,
  people: readonly Person[],
  { keys, listAt }: Known,
): Promise<Judgement> {
  const pass = readPass(text)
  if (!pass) return { outcome: 'not_a_pass' }
  const { signed } = pass
  const isGenuine = await holds(pass, keys)
  const isNewer = isGenuine === true && Date.parse(signed!.signed_at) > Date.parse(listAt)
  const isOf = ({ line }: Person) => passesOf(line).some(({ folio }) => folio === pass.folio)
  const person = people.find(isOf)
  if (person && isOfDay(pass, jornadaId)) return judgeListed(pass, person, isNewer)
  if (isGenuine === false) return { outcome: 'forged' }
  if (!isOfDay(pass, jornadaId)) return { outcome: 'wrong_day', pass, here: person ?? null }
  if (isGenuine === null) return { outcome: 'unknown' }
  return isNewer
    ? { outcome: 'unlisted', pass, submission_id: signed!.submission_id }
    : { outcome: 'revoked' }
}

/** `isNewer`: the key signed it after the list was read, so it outweighs what the list says of the seat. */
async function judgeListed(pass: Pass, person: Person, isNewer: boolean): Promise<Judgement> {
  const { state, line } = person
  const isSeated = state !== 'waiting' && state !== 'offered' && state !== 'pending'
  if (!isSeated && !isNewer) return { outcome: state, person }
  const hash = await hashPass(pass.code)
  const isTheirs = passesOf(line).some((one) => one.folio === pass.folio && one.pass_hash === hash)
  if (!isTheirs && !isNewer) return { outcome: 'invalid', person }
  if (state === 'refused') return { outcome: 'refused', person }
  if (state === 'confirmed' && line.online) return { outcome: 'online', person }
  return state === 'confirmed' || !isSeated ? { outcome: 'good', person, pass } : { outcome: 'used', person }
}
