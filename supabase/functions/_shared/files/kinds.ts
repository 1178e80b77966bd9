/** What a file of an insumo is, by its bytes. Its name and the type that somebody claims decide nothing. */
import { checkAudio } from './audio.ts'
import { checkFigures } from './figures.ts'
import { checkImage } from './image.ts'
import { checkPdf } from './pdf.ts'
import { refused, type Verdict } from './verdict.ts'

const CHECKS: Record<string, (bytes: Uint8Array, mime: string) => Verdict | Promise<Verdict>> = {
  'application/pdf': checkPdf,
  'image/jpeg': checkImage,
  'image/png': checkImage,
  'image/webp': checkImage,
  'audio/mpeg': checkAudio,
  'audio/mp4': checkAudio,
  'audio/aac': checkAudio,
  'audio/ogg': checkAudio,
}

const begins = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((character, place) => bytes[at + place] === character.charCodeAt(0))

/** The type by the first bytes; null for text and for everything else. An ID3 tag comes before MP3 only. */
export function typeOf(bytes: Uint8Array): string | null {
  if (begins(bytes, '%PDF-')) return 'application/pdf'
  if (begins(bytes, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (begins(bytes, '\xff\xd8\xff')) return 'image/jpeg'
  if (begins(bytes, 'RIFF') && begins(bytes, 'WEBP', 8)) return 'image/webp'
  if (begins(bytes, 'OggS')) return 'audio/ogg'
  if (begins(bytes, 'ftyp', 4)) return 'audio/mp4'
  if (begins(bytes, 'ID3')) return 'audio/mpeg'
  if (bytes[0] !== 0xff || (bytes[1]! & 0xe0) !== 0xe0) return null
  const layer = bytes[1]! & 6
  if (layer === 0) return (bytes[1]! & 0xf0) === 0xf0 ? 'audio/aac' : null
  return layer === 2 ? 'audio/mpeg' : null
}

/** Whether a file of this kind may be published. Figures are text, which has no signature: the kind says it. */
export async function checkFile(kind: string, bytes: Uint8Array): Promise<Verdict> {
  if (kind === 'figures') return checkFigures(bytes)
  const mime = typeOf(bytes)
  const check = mime === null ? undefined : CHECKS[mime]
  return mime === null || !check ? refused('file_type') : await check(bytes, mime)
}
