/** Runs in the page of the door, before the app: notes when the camera shows a pass and when its verdict is on the screen. */

interface Seen {
  /** The moment when a pass came into view, and its number in the video. */
  shown: { at: number; number: number }[]
  /** Title and name of each verdict. */
  verdicts: { at: number; words: string }[]
}
export type WithSeen = typeof globalThis & { seen: Seen }

/**
 * Chromium slows down the thread of the page only, so each answer of a worker waits until `throttle` times the time that the
 * worker took has passed.
 */
export function slowWorkers(throttle: number): void {
  const { prototype } = Worker
  const { postMessage } = prototype
  const heard = Object.getOwnPropertyDescriptor(prototype, 'onmessage')!
  const asked = new WeakMap<Worker, number>()
  prototype.postMessage = function (this: Worker, ...message: unknown[]) {
    asked.set(this, performance.now())
    postMessage.apply(this, message as [unknown])
  }
  Object.defineProperty(prototype, 'onmessage', {
    ...heard,
    set(this: Worker, hear: (event: MessageEvent) => void) {
      heard.set!.call(this, (event: MessageEvent) =>
        setTimeout(() => hear(event), (throttle - 1) * (performance.now() - asked.get(this)!)),
      )
    },
  })
}

export function watchDoor(): void {
  const seen: Seen = { shown: [], verdicts: [] }
  Object.assign(globalThis, { seen })
  const eye = new OffscreenCanvas(1, 5).getContext('2d', { willReadFrequently: true })!
  const watched = new WeakSet<HTMLVideoElement>()

  /** The number of the pass in view, by the blocks at the edge of the picture; null without one. */
  function numberIn(video: HTMLVideoElement): number | null {
    eye.drawImage(video, 8, 0, 32, video.videoHeight, 0, 0, 1, 5)
    const { data } = eye.getImageData(0, 0, 1, 5)
    const [isShown, ...bits] = [0, 1, 2, 3, 4].map((at) => (data[at * 4]! > 128 ? 1 : 0))
    return isShown ? bits.reduce<number>((sum, bit, at) => sum + (bit << at), 0) : null
  }

  function watchVideo(video: HTMLVideoElement): void {
    let last: number | null = null
    const onFrame: VideoFrameRequestCallback = (_, { presentationTime }) => {
      const number = numberIn(video)
      if (number !== null && number !== last) seen.shown.push({ at: presentationTime, number })
      last = number
      video.requestVideoFrameCallback(onFrame)
    }
    watched.add(video)
    video.requestVideoFrameCallback(onFrame)
  }

  let last = ''
  /** A verdict counts once its frame is painted. Its countdown changes each second, its title and name do not. */
  function look(): void {
    const video = document.querySelector('video')
    if (video && !watched.has(video)) watchVideo(video)
    const parts = document.querySelectorAll('[data-outcome] :is(.verdict-title, .verdict-name)')
    const words = Array.from(parts, (part) => part.textContent).join(' · ')
    if (words === last) return
    last = words
    if (words)
      requestAnimationFrame(() => setTimeout(() => seen.verdicts.push({ at: performance.now(), words })))
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true })
}
