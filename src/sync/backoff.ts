/** When to try again: full jitter (M. Brooker, AWS, 2015) under a ceiling of five minutes. */

export const CEILING_MS = 5 * 60_000
const FIRST_MS = 500

/** The longest wait that the server may ask for. It keeps every state's silence bounded. */
const LONGEST_WAIT_MS = 60 * 60_000

/** Milliseconds to wait after `failures` failures in a row (≥ 1); `random` is in [0, 1). */
export const backoffMs = (failures: number, random: number): number =>
  Math.round(random * Math.min(CEILING_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20)))

/** What plans the next attempt: the phone's clock in ms, and random numbers in [0, 1). */
export interface RetryContext {
  now: number
  random: () => number
}

/** The wait that the server asked for, in ms, between zero and an hour. */
export const boundedWait = (ms: number): number => Math.min(Math.max(0, ms), LONGEST_WAIT_MS)

/** Whether the instant has come. An instant more than an hour ahead was set before the phone's clock was put back. */
export const isDue = (notBefore: number, now: number): boolean =>
  notBefore <= now || notBefore - now > LONGEST_WAIT_MS
