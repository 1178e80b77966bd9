/**
 * Whether a picture may be published: whole, of one format from the first byte to the last, of a size that a phone can
 * show, and without anything beside the picture (place, camera, person, screen, thumbnails).
 */
import { plainJpeg, readJpeg } from './jpeg.ts'
import { type Found, isTooLarge } from './picture.ts'
import { plainPng, readPng } from './png.ts'
import { refused, type Verdict } from './verdict.ts'
import { plainWebp, readWebp } from './webp.ts'

interface Format {
  read(bytes: Uint8Array): Found
  plain(bytes: Uint8Array): Uint8Array
}

const FORMATS: Readonly<Record<string, Format>> = {
  'image/png': { read: readPng, plain: plainPng },
  'image/jpeg': { read: readJpeg, plain: (bytes) => plainJpeg(bytes) ?? bytes },
  'image/webp': { read: readWebp, plain: plainWebp },
}

export function checkImage(bytes: Uint8Array, mime: string): Verdict {
  const found = FORMATS[mime]!.read(bytes)
  if (typeof found === 'string') return refused(found, mime)
  if (isTooLarge(found)) return refused('image_too_large', mime)
  const [width, height] = found
  return width > 0 && height > 0
    ? { mime, refusal: null, facts: { width, height } }
    : refused('image_broken', mime)
}

/** The picture without what a browser writes beside one that it drew. */
export const plainImage = (bytes: Uint8Array, mime: string): Uint8Array =>
  FORMATS[mime]?.plain(bytes) ?? bytes
