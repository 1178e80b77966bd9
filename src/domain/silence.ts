/** Electoral silence: the days between which the institution promotes nothing. */
import { localDay } from './centralTime'

/** Both days included, `YYYY-MM-DD` in central Mexico. */
export interface Silence {
  from: string
  until: string
}

/** Whether promotion is hidden at `now`. Judged by central Mexico's clock, whatever zone the phone shows. */
export function isSilent(silence: Silence | undefined, now: Date): boolean {
  const today = localDay(now)
  return !!silence && silence.from <= today && today <= silence.until
}
