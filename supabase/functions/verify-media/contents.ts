/** Tells the type of a file by its first bytes. A claimed type is no proof. */

/** How many bytes `typeOf` needs. */
export const HEAD_BYTES = 4096

const MP4 = /^(iso.|mp4[12]|mp71|avc1|hvc1|M4V.|MSNV|dash|cmf.|XAVC|F4V )$/

/** One of the four accepted types, or `application/octet-stream`. */
export function typeOf(head: Uint8Array): string {
  const type = brandType(head) ?? (isWebm(head) ? 'video/webm' : null)
  return type ?? 'application/octet-stream'
}

/** ISO base media: the first known brand in the box `ftyp`, the main one before the compatible ones. */
function brandType(head: Uint8Array): string | null {
  if (head.length < 16 || text(head, 4, 8) !== 'ftyp') return null
  const end = Math.min(new DataView(head.buffer, head.byteOffset).getUint32(0), head.length)
  for (let at = 8; at + 4 <= end; at += at === 8 ? 8 : 4) {
    const brand = text(head, at, at + 4)
    if (brand === 'qt  ') return 'video/quicktime'
    if (/^3g[p2]/.test(brand)) return 'video/3gpp'
    if (MP4.test(brand)) return 'video/mp4'
  }
  return null
}

/** EBML whose DocType (0x4282) is `webm`: Matroska has another. */
function isWebm(head: Uint8Array): boolean {
  if (text(head, 0, 4) !== '\x1a\x45\xdf\xa3') return false
  const start = text(head, 0, 64).indexOf('\x42\x82')
  if (start < 0) return false
  const length = (head[start + 2] ?? 0) & 0x7f // a DocType is short: one byte holds its length
  return text(head, start + 3, start + 3 + length).replace(/\0+$/, '') === 'webm'
}

const text = (bytes: Uint8Array, start: number, end: number) =>
  String.fromCharCode(...bytes.subarray(start, end))
