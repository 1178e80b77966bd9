/**
 * The server's clock as this phone knows it: the phone's clock plus the difference learnt from answers. The phone's
 * clock may be days wrong, and may be set while the page is closed. So the clock is sure after an answer in this visit.
 * Of the last visit `keptClock.ts` has the difference, and the instant that the server showed: it has certainly passed.
 */

let offsetMs = 0
/** The latest instant that the server has shown, in ms. */
let shownMs = 0
/** With signal an opening page trusts what it has, because an answer is about to come. */
let isSure = globalThis.navigator?.onLine !== false
const listeners = new Set<() => void>()

const tell = () => listeners.forEach((listener) => listener())

/** Calls `listener` when more or less is known of the clock. Returns a function that stops it. */
export function onClock(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Now by the server's clock, as well as this phone knows it. It may be wrong unless the clock is sure. */
export const serverNow = (): Date => new Date(Date.now() + offsetMs)

/** The latest instant that has certainly come: now when the clock is sure, else the last that the server showed. */
export const certainNow = (): Date => (isSure ? serverNow() : new Date(shownMs))

/** Whether the server's clock is known, so that a screen may say what has begun or ended. */
export const isClockSure = (): boolean => isSure

/** The difference in milliseconds: server minus phone. */
export const clockOffset = (): number => offsetMs

/**
 * Sets the difference, in ms, that an earlier visit kept, with the instant that the server had shown (ms); or the one
 * that keeps the clock right when the phone's was set. A phone's clock that went back since makes nothing sure.
 */
export function restoreClock(ms: number, shown = shownMs): void {
  offsetMs = ms
  shownMs = shown
  isSure &&= serverNow().getTime() >= shown
}

/** No answer came, or the phone's clock was set: until the next answer nothing is sure. */
export function doubtClock(): void {
  isSure = false
  tell()
}

/**
 * Learns the difference from `now` in the answer to a request that was sent at `sentAt` (`performance.now()`). The
 * answer counts as half a round trip old. Ignores a `now` that is no instant.
 */
export function learnClock(now: string, sentAt: number): void {
  const serverMs = Date.parse(now)
  if (Number.isNaN(serverMs)) return
  offsetMs = serverMs + (performance.now() - sentAt) / 2 - Date.now()
  shownMs = serverMs
  isSure = true
  tell()
}
