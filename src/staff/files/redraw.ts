/**
 * A picture as it is kept: nothing but the picture, and no larger than a page. The browser draws it anew where its bytes
 * hold anything else.
 */
import { fitWithin } from '@/staff/institution/drawLogo'
import { MAX_BYTES } from '@/domain/insumo'
import { checkImage, plainImage } from '../../../supabase/functions/_shared/files/image'
import { typeOf } from '../../../supabase/functions/_shared/files/kinds'
import { FileProblem } from './fileProblem'

const LONG_SIDE = 2400
const QUALITY = 0.85
/** A browser would take four bytes a pixel to open it. */
const MAX_PIXELS = 120_000_000

/** The pixels that a PNG claims, before anything opens it. */
function pixelsOfPng(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return bytes.length > 24 ? view.getUint32(16) * view.getUint32(20) : 0
}

async function open(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<ImageBitmap> {
  if (mime === 'image/png' && pixelsOfPng(bytes) > MAX_PIXELS) throw new FileProblem('image_too_large')
  try {
    return await createImageBitmap(new Blob([bytes], { type: mime }))
  } catch (cause) {
    throw new FileProblem('image_broken', { cause })
  }
}

const encode = (canvas: HTMLCanvasElement, mime: string): Promise<Blob | null> =>
  new Promise((done) => canvas.toBlob(done, mime, QUALITY))

/** Whether the bytes hold nothing but a picture of a size that is kept. */
const isKept = (bytes: Uint8Array, mime: string, longest: number): boolean =>
  longest <= LONG_SIDE && bytes.length <= MAX_BYTES.image && checkImage(bytes, mime).refusal === null

/** A browser adds its colour profile, and its size in Exif. Whatever was asked for, it may write another format. */
async function bytesOf(drawn: Blob): Promise<Uint8Array> {
  const bytes = new Uint8Array(await drawn.arrayBuffer())
  return plainImage(bytes, typeOf(bytes) ?? '')
}

/**
 * JPEG, PNG or WebP, as the browser can write. Bytes that are already as they would be kept stay the same, so that a
 * picture loses nothing each time it travels with a campaign. Throws FileProblem.
 */
export async function redraw(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<Uint8Array> {
  const picture = await open(bytes, mime)
  const longest = Math.max(picture.width, picture.height)
  if (isKept(bytes, mime, longest)) return bytes
  const side = Math.min(longest, LONG_SIDE)
  const size = fitWithin(picture, { width: side, height: side })
  const canvas = Object.assign(document.createElement('canvas'), size)
  const context = canvas.getContext('2d')
  if (!context) throw new FileProblem('image_broken')
  if (mime !== 'image/jpeg') context.drawImage(picture, 0, 0, size.width, size.height)
  const kept = mime === 'image/jpeg' ? null : await encode(canvas, mime)
  if (kept && kept.size <= MAX_BYTES.image) return bytesOf(kept)
  context.fillStyle = '#fff' // JPEG has no transparency
  context.fillRect(0, 0, size.width, size.height)
  context.drawImage(picture, 0, 0, size.width, size.height)
  const drawn = await encode(canvas, 'image/jpeg')
  if (!drawn) throw new FileProblem('image_broken')
  return bytesOf(drawn)
}
