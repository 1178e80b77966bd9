/** The server's clock as this phone knows it: its own clock plus the difference seen in answers. */

let offsetMs = 0

/** Now by the server's clock; by the phone's until a first answer came. */
export const serverNow = (): Date => new Date(Date.now() + offsetMs)

/** The difference learnt so far, in milliseconds: server minus phone. */
export const clockOffset = (): number => offsetMs

/** Takes up a difference kept from an earlier visit. */
export function restoreClock(keptMs: number): void {
  offsetMs = keptMs
}

/** Learns from `now` in an answer to a request sent at `sentAt` (phone's clock, ms): half the way is its age. */
export function learnClock(now: string, sentAt: number): void {
  const told = Date.parse(now)
  if (!Number.isNaN(told)) offsetMs = told - (sentAt + Date.now()) / 2
}
