/**
 * What a signed pass says (docs/passes.md). Reading it proves nothing; verifying does. Its 109 bytes are, in order: the
 * first two of the public key, the submission, year and number of the folio, the last half of the day's id, the code, the
 * second of signing, and the signature.
 */
import { PASS_DIGITS } from './passText.ts'

/** Leads the signed text, so that no signature of another kind of text serves for it. */
const TAG = 'convoca:pass:1'
const CONTENT = /^([\da-f]{4})([\da-f]{32})([\da-f]{2})([\da-f]{8})([\da-f]{16})([\da-f]{20})([\da-f]{8})$/u
const CONTENT_DIGITS = 90
const ALL_DIGITS = 218

export interface PassContent {
  /** The beginning of the public key, in hexadecimal. */
  key: string
  submission_id: string
  year: number
  /** The number of the folio. */
  number: number
  /** The last 16 digits of the day's id. */
  day: string
  code: string
  /** ISO 8601. Its seat stood then. */
  signed_at: string
}

export interface SignedPass extends PassContent {
  /** What the key signed, as UTF-8. */
  text: string
  signature: string // hexadecimal
}

/** The bytes that a pass has before its signature, in hexadecimal. */
export const passHead = (publicKey: string, content: string): string => publicKey.slice(0, 4) + content

/** The text that the key signs. */
export const passSigned = (head: string): string => `${TAG}\n${head}`

/** The signed pass in these capitals and digits; null when they are none. */
export function readSignedPass(digits: string): SignedPass | null {
  const hex = hexOf(digits)
  const parts = CONTENT.exec(hex?.slice(0, CONTENT_DIGITS) ?? '')?.slice(1)
  if (!hex || !parts) return null
  const [key, id, year, number, day, code, second] = parts as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  return {
    key,
    submission_id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5'),
    year: 2000 + Number.parseInt(year, 16),
    number: Number.parseInt(number, 16),
    day,
    code,
    signed_at: new Date(Number.parseInt(second, 16) * 1000).toISOString(),
    text: passSigned(hex.slice(0, CONTENT_DIGITS)),
    signature: hex.slice(CONTENT_DIGITS),
  }
}

function hexOf(digits: string): string | null {
  if (digits.length !== PASS_DIGITS || !/^[\dA-Z]+$/u.test(digits)) return null
  const number = [...digits].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n)
  const hex = number.toString(16).padStart(ALL_DIGITS, '0')
  return hex.length === ALL_DIGITS ? hex : null
}
