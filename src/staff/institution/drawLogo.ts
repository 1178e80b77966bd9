/**
 * A logo as the app keeps it: PNG that the browser draws from what the person chose. An SVG is only ever an image, in
 * which browsers run no script and load nothing; its text never leaves this page (decision 0037).
 */
import type { LogoFiles } from '@/domain/institution'

export const LOGO_MAX_BYTES = 200 * 1024
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const KEPT_MAX_BYTES = 64 * 1024
const HEADER = { width: 480, height: 96 }
const ICON = { width: 192, height: 192 }

/** Why a file makes no logo. Its words are those of `logo_invalid`. */
export class LogoFault extends Error {
  override name = 'LogoFault'
}

export interface Size {
  width: number
  height: number
}

/** The largest size of the same proportions within the box, in whole pixels. */
export function fitWithin({ width, height }: Size, box: Size): Size {
  const scale = Math.min(box.width / width, box.height / height)
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}

/** The type that the bytes show; the name of the file decides nothing. */
export function logoType(bytes: Uint8Array): 'image/png' | 'image/svg+xml' | null {
  if (PNG_SIGNATURE.every((byte, place) => bytes[place] === byte)) return 'image/png'
  return /<svg[\s>]/u.test(new TextDecoder().decode(bytes)) ? 'image/svg+xml' : null
}

async function loadImage(blob: Blob): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = URL.createObjectURL(blob)
  try {
    await image.decode()
  } catch (cause) {
    throw new LogoFault('the image cannot be read', { cause })
  } finally {
    URL.revokeObjectURL(image.src)
  }
  if (image.naturalWidth === 0 || image.naturalHeight === 0) throw new LogoFault('the image has no size')
  return image
}

const encode = async (blob: Blob): Promise<string> => {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** Draws the image in the middle of a canvas of this size, as PNG in base64. */
async function draw(image: HTMLImageElement, drawn: Size, canvasSize: Size): Promise<string> {
  const canvas = Object.assign(document.createElement('canvas'), canvasSize)
  const context = canvas.getContext('2d')
  if (!context) throw new LogoFault('no canvas')
  const left = (canvasSize.width - drawn.width) / 2
  const top = (canvasSize.height - drawn.height) / 2
  context.drawImage(image, left, top, drawn.width, drawn.height)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  if (!blob || blob.size > KEPT_MAX_BYTES) throw new LogoFault('the drawing is too large')
  return encode(blob)
}

/** The two sizes of a chosen SVG or PNG. Throws LogoFault. */
export async function drawLogo(file: Blob): Promise<LogoFiles> {
  if (file.size > LOGO_MAX_BYTES) throw new LogoFault('the file is too large')
  const bytes = new Uint8Array(await file.arrayBuffer())
  const type = logoType(bytes)
  if (!type) throw new LogoFault('neither PNG nor SVG')
  const image = await loadImage(new Blob([bytes], { type }))
  const natural = { width: image.naturalWidth, height: image.naturalHeight }
  const header = fitWithin(natural, HEADER)
  return {
    header: await draw(image, header, header),
    icon: await draw(image, fitWithin(natural, ICON), ICON),
  }
}
