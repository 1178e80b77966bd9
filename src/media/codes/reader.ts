/** Reads QR codes: with the browser's own decoder where it has one, otherwise with ours, in a worker. */
import { LOOK_COUNT, type Picture } from './ways'
import type { Answered, Asked } from './codes.worker'
import { WORKER_FILE } from './files'

/** BarcodeDetector is not in TypeScript's library (WICG shape-detection-api; Chrome on Android). */
interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}

export interface CodeReader {
  /** The text of a code in sight; null without one. Rejects when nothing can be read here. */
  read(video: HTMLVideoElement): Promise<string | null>
  end(): void
}

/**
 * The content security policy takes the worker's address from this policy only, which admits the one that exists.
 * Undefined in a browser without Trusted Types.
 */
const policy = window.trustedTypes?.createPolicy('convoca-codes', {
  createScriptURL: (url) => {
    if (url === WORKER_FILE) return url
    throw new TypeError('not a worker of this app')
  },
})

const detectorClass = () => (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector

/** Whether the browser itself reads QR codes. Some have BarcodeDetector without any format. */
export async function hasOwnDecoder(): Promise<boolean> {
  try {
    return (await detectorClass()?.getSupportedFormats())?.includes('qr_code') ?? false
  } catch {
    return false
  }
}

export const openReader = async (): Promise<CodeReader> =>
  (await hasOwnDecoder()) ? ownReader() : workerReader()

function ownReader(): CodeReader {
  const detector = new (detectorClass()!)({ formats: ['qr_code'] })
  return {
    read: async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue ?? null,
    end: () => undefined,
  }
}

/** The first answer waits for the decoder, which is 0.4 MB on its way. */
const PATIENCE_MS = 20_000

function workerReader(): CodeReader {
  const worker = new Worker((policy?.createScriptURL(WORKER_FILE) ?? WORKER_FILE) as string, {
    type: 'module',
  })
  const frame = frameOf()
  let way = 0
  return {
    read: (video) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('the decoder does not answer')), PATIENCE_MS)
        const settle = (work: () => void) => {
          clearTimeout(timer)
          work()
        }
        worker.onmessage = ({ data }: MessageEvent<Answered>) =>
          settle(() => ('failed' in data ? reject(new Error('the decoder failed')) : resolve(data.text)))
        worker.onerror = () => settle(() => reject(new Error('the decoder did not load')))
        const picture = frame(video)
        const asked: Asked = { picture, way: way++ % LOOK_COUNT }
        worker.postMessage(asked, [picture.data.buffer])
      }),
    end: () => worker.terminate(),
  }
}

/** More pixels make a look slower and find no more: a code fills most of the frame. */
const FRAME_PX = 640

/** Takes the middle square of the camera's picture, where the frame on the screen is. */
function frameOf(): (video: HTMLVideoElement) => Picture {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return (video) => {
    const side = Math.min(video.videoWidth, video.videoHeight)
    canvas.width = canvas.height = Math.min(FRAME_PX, side)
    const [left, top] = [(video.videoWidth - side) / 2, (video.videoHeight - side) / 2]
    context!.drawImage(video, left, top, side, side, 0, 0, canvas.width, canvas.width)
    return context!.getImageData(0, 0, canvas.width, canvas.width)
  }
}
