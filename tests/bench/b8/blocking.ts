/**
 * How long tasks keep a phone with a processor four times slower from answering a tap. As Lighthouse's Total Blocking
 * Time, but of each task's processor time instead of its time by the clock: on a busy machine a task waits for the
 * processor, and Lighthouse multiplies that wait by four too.
 */

/** What is read of an event of Chromium's trace; times in microseconds. */
export interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  dur?: number
  tdur?: number
  args?: { data?: { documentLoaderURL?: string } }
}

const SLOWER = 4
const ALLOWED_MS = 50

/** The sum, from the first paint to the end of the trace. Throws where the trace has no page or no paint. */
export function blockingMs(events: readonly TraceEvent[]): number {
  const start = events.findLast(
    ({ name, args }) => name === 'navigationStart' && args?.data?.documentLoaderURL?.startsWith('http'),
  )
  const paint = events.find(({ name, pid }) => name === 'firstContentfulPaint' && pid === start?.pid)
  if (!start || !paint) throw new Error('the trace has no first paint')
  return events
    .filter(
      ({ name, ph, pid, tid }) => ph === 'X' && name === 'RunTask' && pid === start.pid && tid === start.tid,
    )
    .filter(({ ts, dur = 0 }) => ts + dur > paint.ts)
    .reduce((sum, { tdur = 0 }) => sum + Math.max(0, (SLOWER * tdur) / 1000 - ALLOWED_MS), 0)
}
