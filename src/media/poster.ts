/** Makes a small JPEG of one frame, which the review and the gallery show before the video is played. */
import { withVideo } from './measure'

/** The server's limit for the decoded JPEG. */
const MAX_BYTES = 64 * 1024

const LARGEST_SIDE = 640
const SMALLEST_SIDE = 160
const QUALITIES = [0.8, 0.65, 0.5]

const toJpeg = (canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))

function draw(video: HTMLVideoElement, side: number): HTMLCanvasElement | null {
  const scale = Math.min(1, side / Math.max(video.videoWidth, video.videoHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(video.videoWidth * scale)
  canvas.height = Math.round(video.videoHeight * scale)
  const context = canvas.getContext('2d')
  if (!context || canvas.width === 0 || canvas.height === 0) return null
  context.drawImage(video, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** Lowers the quality first, then the size, until the JPEG fits. */
async function shrink(video: HTMLVideoElement): Promise<Blob | null> {
  for (let side = LARGEST_SIDE; side >= SMALLEST_SIDE; side = Math.round(side * 0.7)) {
    const canvas = draw(video, side)
    if (!canvas) return null
    for (const quality of QUALITIES) {
      const jpeg = await toJpeg(canvas, quality)
      if (jpeg?.type === 'image/jpeg' && jpeg.size <= MAX_BYTES) return jpeg
    }
  }
  return null
}

async function toBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/**
 * Base64 of a JPEG of at most 64 KiB of the picture at this second; null when this browser cannot make one of this file.
 * Never rejects.
 */
export const makePoster = (file: Blob, atS: number): Promise<string | null> =>
  withVideo(file, async (video, until) => {
    const shown = until('seeked')
    video.currentTime = atS
    await shown
    const jpeg = await shrink(video)
    return jpeg && toBase64(jpeg)
  })
