/** The server's clock from one visit to the next, in `localStorage`: the first screen reads it without the database. */
import { certainNow, clockOffset, isClockSure, onClock, restoreClock } from './serverClock'

const KEPT = 'convoca.clock'

/** Restores what the last visit knew, and keeps what this one learns. */
export function keepClock(): void {
  try {
    const [offset, shown] = JSON.parse(localStorage.getItem(KEPT)!) as [number, number]
    restoreClock(offset, shown)
  } catch {
    // nothing was kept
  }
  onClock(() => {
    try {
      if (isClockSure()) localStorage.setItem(KEPT, JSON.stringify([clockOffset(), certainNow().getTime()]))
    } catch {
      // a private window keeps nothing
    }
  })
}
