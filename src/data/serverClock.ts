/** The server's clock as this phone knows it: the phone's clock plus the difference learnt from answers. */

let offsetMs = 0

/** Now by the server's clock; by the phone's clock until an answer told the difference. */
export const serverNow = (): Date => new Date(Date.now() + offsetMs)

/** The difference in milliseconds: server minus phone. */
export const clockOffset = (): number => offsetMs

/** Sets the difference, in ms, that an earlier visit kept. */
export function restoreClock(keptMs: number): void {
  offsetMs = keptMs
}

/**
 * Learns the difference from `now` in the answer to a request that was sent at `sentAt` (phone's clock, ms). The
 * answer counts as half a round trip old. Ignores a `now` that is no instant.
 */
export function learnClock(now: string, sentAt: number): void {
  const serverMs = Date.parse(now)
  if (!Number.isNaN(serverMs)) offsetMs = serverMs - (sentAt + Date.now()) / 2
}
