/**
 * The one form of an e-mail address. Everything that stores, sends or compares an address uses it; two addresses are the
 * same when their bytes are. The database has the same rule (`app.canonical_email`); `tests/sql/addresses.test.ts`
 * compares both.
 */
import type { Refusal } from './refusals'
import { withoutInvisible } from './text'

/** What letters go to an address. */
export type AddressState = 'unconfirmed' | 'confirmed' | 'stopped'

/** What letters the author of a submission gets. `unusable`: none can reach what was written. */
export type MailState = AddressState | 'none' | 'unusable'

/** RFC 5322 atoms joined by single dots, and Latin letters with accents. */
const LOCAL =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f-]+)*$/u

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$/u

/** What a URL would read as something else than a name, and letters that older browsers convert to another domain. */
// oxlint-disable-next-line no-control-regex
const UNCONVERTIBLE = /[\u0000-\u002c\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007f\u00df\u03c2\u1e9e]/u

const lowerAscii = (text: string) => text.replace(/[A-Z]/gu, (letter) => letter.toLowerCase())

/** The domain in ASCII, converted by the platform's IDNA where it has other letters; '' when that is impossible. */
function asciiDomain(domain: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/u.test(domain)) return domain
  if (UNCONVERTIBLE.test(domain)) return ''
  try {
    return new URL(`http://${domain}`).hostname
  } catch {
    return ''
  }
}

/**
 * The address in its only form, or null when it is none. Invisible characters and outer white space go, A–Z become a–z,
 * and the domain becomes ASCII (IDNA). Quoted names, comments, literal addresses and final dots are refused.
 */
export function canonicalEmail(typed: string): string | null {
  const email = lowerAscii(withoutInvisible(typed).normalize('NFC').trim())
  const at = email.lastIndexOf('@')
  const local = email.slice(0, Math.max(at, 0))
  const domain = asciiDomain(email.slice(at + 1))
  if (!LOCAL.test(local) || !DOMAIN.test(domain)) return null
  const canonical = `${local}@${domain}`
  return new TextEncoder().encode(local).length <= 64 && [...canonical].length <= 254 ? canonical : null
}

/** Why this address is refused, or null. Checks the form only; the tap in a letter, or its code, is the proof. */
export const refuseEmail = (email: string): Refusal | null =>
  canonicalEmail(email) === null ? 'email_invalid' : null
