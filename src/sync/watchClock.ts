/** Notices in an open page that the phone's clock was set, or that no answer comes that tells the server's. */
import { clockOffset, doubtClock, onClock, restoreClock } from '@/data/serverClock'

const LOOK_MS = 5_000
/** The two clocks of a phone may run apart by this much between two looks before one was set. */
const TOLERANCE_MS = 2_000
/** An opening page trusts the clock that it has for this long without an answer. */
const FIRST_ANSWER_MS = 10_000

/**
 * Starts to watch. A phone's clock that went back is corrected. One that went forward may be a phone that slept, whose
 * monotonic clock stands still: then nothing is sure until the next answer.
 */
export function watchClock(): void {
  let wall = 0
  let tick = 0
  const anchor = () => ([wall, tick] = [Date.now(), performance.now()])
  const look = () => {
    const jumped = Date.now() - wall - (performance.now() - tick)
    anchor()
    if (jumped < -TOLERANCE_MS) restoreClock(clockOffset() - jumped)
    if (jumped > TOLERANCE_MS) doubtClock()
  }
  anchor()
  const withoutAnswer = setTimeout(doubtClock, FIRST_ANSWER_MS)
  onClock(() => {
    clearTimeout(withoutAnswer)
    anchor()
  })
  setInterval(look, LOOK_MS)
  document.addEventListener('visibilitychange', look)
}
