/** Time-based one-time passwords (RFC 6238) as authenticator apps make them: SHA-1, six digits, 30 seconds. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const STEP_MS = 30_000

/** A secret of 160 bits in base32, as RFC 4226 recommends. */
export const newSecret = (): string => Array.from(randomBytes(32), (byte) => ALPHABET[byte & 31]).join('')

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** The code of this secret at this instant, in ms. */
export function codeAt(secret: string, at: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / STEP_MS)))
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const number = mac.readUInt32BE(mac.at(-1)! & 15) & 0x7f_ff_ff_ff
  return String(number % 1_000_000).padStart(6, '0')
}

/** Whether the code is right now or was one step ago or ahead: phones' clocks differ. */
export const isCode = (secret: string, code: string, now = Date.now()): boolean =>
  [-STEP_MS, 0, STEP_MS].some(
    (shift) => code.length === 6 && timingSafeEqual(digits(code), digits(codeAt(secret, now + shift))),
  )

const digits = (code: string) =>
  Buffer.from(
    code
      .padEnd(6)
      .slice(0, 6)
      .replaceAll(/[^0-9]/gu, 'x'),
  )

/** The address that an authenticator app reads from a QR code. */
export const addressOf = (secret: string, issuer: string, account: string): string =>
  `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?` +
  new URLSearchParams({ algorithm: 'SHA1', digits: '6', issuer, period: '30', secret })
