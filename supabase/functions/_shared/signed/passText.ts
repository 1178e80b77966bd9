/** A signed pass as its QR code and a scanner that types have it (docs/passes.md). */

/** What 109 bytes need at most in base 36. */
export const PASS_DIGITS = 169

/**
 * The text of a signed pass, which begins as older passes do. `signed`: its bytes in hexadecimal. Always of the same length.
 */
export const passText = (signed: string): string =>
  `CONVOCA:${BigInt(`0x${signed}`).toString(36).toUpperCase().padStart(PASS_DIGITS, '0')}`
