/** Finds the encoding of a text file: spreadsheets save CSV in whatever their system uses. */

/** What `findEncoding` tells apart, and what only people can say: older spreadsheets of a Mac save in the last one. */
export const ENCODINGS = ['UTF-8', 'Windows-1252', 'UTF-16LE', 'UTF-16BE', 'macintosh'] as const
export type Encoding = (typeof ENCODINGS)[number]

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((byte, at) => bytes[at] === byte)

/**
 * UTF-16 without a byte order mark: in Spanish most characters have a zero byte, always on the same side. A stray NUL
 * in a text of single bytes is far from a third of one side.
 */
function findUtf16(bytes: Uint8Array): Encoding | null {
  const sample = bytes.subarray(0, 4096)
  const zeros = [0, 0]
  sample.forEach((byte, at) => byte === 0 && zeros[at % 2]!++)
  const [even, odd] = zeros as [number, number]
  const many = sample.length / 6
  if (odd > many && odd > 4 * even) return 'UTF-16LE'
  return even > many && even > 4 * odd ? 'UTF-16BE' : null
}

/**
 * Whether most of what is not ASCII is UTF-8. A file joined of several or cut off has a few bytes that are not: as
 * Windows-1252 all its other accents would be read wrong, so its lines with those bytes are told instead.
 */
function isUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes)
  const count = (signs: RegExp) => text.match(signs)?.length ?? 0
  return count(/\ufffd/gu) <= count(/[\u0080-\ufffc]|[\u{10000}-\u{10ffff}]/gu)
}

/** By the byte order mark, else by what the bytes can be. Whatever is no UTF is Windows-1252, as Excel saves in Mexico. */
export function findEncoding(bytes: Uint8Array): Encoding {
  if (startsWith(bytes, 0xff, 0xfe)) return 'UTF-16LE'
  if (startsWith(bytes, 0xfe, 0xff)) return 'UTF-16BE'
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'UTF-8'
  return findUtf16(bytes) ?? (isUtf8(bytes) ? 'UTF-8' : 'Windows-1252')
}

/** The text without its byte order mark, with line feeds as its only line ends. */
export const decodeText = (bytes: Uint8Array, encoding: Encoding): string =>
  new TextDecoder(encoding).decode(bytes).replace(/\r\n?/gu, '\n')
