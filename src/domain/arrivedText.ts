/**
 * Folios and links as they come: copied out of a mail, a chat or an address bar, typed from a letter, or scanned. What
 * travels with them on the way is taken off before they are read.
 */
import { canon } from './canon'

const unescapeRun = (run: string): string => {
  try {
    return decodeURIComponent(run)
  } catch {
    return run
  }
}
/** Escapes of an address, up to twice: a link inside of another link has its own. */
const decodePercent = (text: string): string =>
  [1, 2].reduce((now) => now.replace(/(?:%[0-9a-f]{2})+/giu, unescapeRun), text)

/** Quoted-printable of a mail's source (RFC 2045, 6.7): soft line breaks, and signs as `=3D`. */
const decodeQuoted = (text: string): string =>
  /=(?:\r?\n|3D)/u.test(text)
    ? text
        .replace(/=[ \t]*\r?\n/gu, '')
        .replace(/=([2-7][0-9A-F])/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

/** Numbers of characters in HTML. */
const decodeEntities = (text: string): string =>
  text.replace(/&#(\d{2,3});/gu, (_, number: string) => String.fromCharCode(Number(number)))

/**
 * The text without escapes, marks of direction and characters of no width, letters and digits of full width as ASCII, and
 * every dash as `dash`: a keyboard may have made one dash of two.
 */
export const readable = (text: string, dash = '-'): string =>
  canon(decodePercent(decodeEntities(decodeQuoted(text))))
    .normalize('NFKC')
    .replace(/(?!-)[\p{Pd}\u02d7\u2043\u2212]/gu, dash)
