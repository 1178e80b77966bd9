/** What the browser itself can tell of a video: the last word on whether this phone can play it. */

export interface Measured {
  durationMs: number | null
  width: number
  height: number
  hasSound: boolean | null
}

/** A file that neither loads nor fails within this is taken for one the browser cannot read. */
const PATIENCE_MS = 15_000

/** Past every end: a browser that looks for it learns how long the video is. */
const FAR_S = 1e7

/** Not in TypeScript's library: `audioTracks` (Safari), `mozHasAudio` (Firefox). */
type TellsSound = HTMLVideoElement & { audioTracks?: { length: number }; mozHasAudio?: boolean }

const soundOf = ({ audioTracks, mozHasAudio }: TellsSound): boolean | null =>
  mozHasAudio ?? (audioTracks ? audioTracks.length > 0 : null)

const once = (video: HTMLVideoElement, event: string, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    video.addEventListener(event, () => resolve(), { once: true, signal })
    video.addEventListener('error', () => reject(new Error('unplayable')), { once: true, signal })
    signal.addEventListener('abort', () => reject(new Error('unplayable')))
  })

/**
 * Opens a file in a video element that nobody sees and gives it to `look`; null when the browser cannot
 * open it or `look` fails. The element is gone afterwards.
 */
export async function withVideo<T>(
  file: Blob,
  look: (video: HTMLVideoElement, until: (event: string) => Promise<void>) => Promise<T>,
): Promise<T | null> {
  const video = document.createElement('video')
  const url = URL.createObjectURL(file)
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), PATIENCE_MS)
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
    video.load() // lets go of the file
    URL.revokeObjectURL(url)
  }
}

/** What a recorder in a browser writes does not know its own length: seeking far tells it. */
async function lengthOf(
  video: HTMLVideoElement,
  until: (event: string) => Promise<void>,
): Promise<number | null> {
  if (video.duration === Infinity) {
    const told = until('durationchange')
    video.currentTime = FAR_S
    await told
  }
  return Number.isFinite(video.duration) ? Math.round(video.duration * 1000) : null
}

/** Length, shown size and sound as the browser's player finds them; null when it cannot play the file. */
export const measure = (file: Blob): Promise<Measured | null> =>
  withVideo(file, async (video, until) => ({
    durationMs: await lengthOf(video, until),
    width: video.videoWidth,
    height: video.videoHeight,
    hasSound: soundOf(video),
  }))
