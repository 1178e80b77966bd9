/** Measures a video with the browser's player, which decides whether this phone can play it. */

export interface Measured {
  durationMs: number | null
  width: number
  height: number
  hasSound: boolean | null
}

/** A file that neither loads nor fails within this time counts as one that the browser cannot read. */
const TIMEOUT_MS = 15_000

/** A position after the end of any video. Seeking to it makes the browser find the duration. */
const FAR_S = 1e7

/** `audioTracks` (Safari) and `mozHasAudio` (Firefox) are not in TypeScript's library. */
type VideoWithAudioInfo = HTMLVideoElement & { audioTracks?: { length: number }; mozHasAudio?: boolean }

const soundOf = ({ audioTracks, mozHasAudio }: VideoWithAudioInfo): boolean | null =>
  mozHasAudio ?? (audioTracks ? audioTracks.length > 0 : null)

const once = (video: HTMLVideoElement, event: string, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    video.addEventListener(event, () => resolve(), { once: true, signal })
    video.addEventListener('error', () => reject(new Error('unplayable')), { once: true, signal })
    signal.addEventListener('abort', () => reject(new Error('unplayable')))
  })

/**
 * Opens a file in a hidden video element, passes the element to `look` and returns its result. Null when the browser
 * cannot open the file, `look` fails or 15 seconds pass. The element is released afterwards.
 */
export async function withVideo<T>(
  file: Blob,
  look: (video: HTMLVideoElement, until: (event: string) => Promise<void>) => Promise<T>,
): Promise<T | null> {
  const video = document.createElement('video')
  const url = URL.createObjectURL(file)
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), TIMEOUT_MS)
  const until = (event: string) => once(video, event, ending.signal)
  Object.assign(video, { preload: 'auto', muted: true, playsInline: true })
  try {
    const loaded = until('loadedmetadata')
    video.src = url
    await loaded
    return await look(video, until)
  } catch {
    return null
  } finally {
    clearTimeout(timer)
    ending.abort()
    video.removeAttribute('src')
    video.load() // releases the file
    URL.revokeObjectURL(url)
  }
}

/** A file from a browser's recorder does not state its duration, so the player must seek to find it. */
async function lengthOf(
  video: HTMLVideoElement,
  until: (event: string) => Promise<void>,
): Promise<number | null> {
  if (video.duration === Infinity) {
    const known = until('durationchange')
    video.currentTime = FAR_S
    await known
  }
  return Number.isFinite(video.duration) ? Math.round(video.duration * 1000) : null
}

/** Duration, displayed size and sound according to the browser's player; null when it cannot play the file. */
export const measure = (file: Blob): Promise<Measured | null> =>
  withVideo(file, async (video, until) => ({
    durationMs: await lengthOf(video, until),
    width: video.videoWidth,
    height: video.videoHeight,
    hasSound: soundOf(video),
  }))
