/**
 * How long the page's thread could not respond to input, as the browser reports it (Long Tasks API: over 50
 * ms).
 */

export interface LongTasks {
  count: number
  max_ms: number
  total_ms: number
}

const seen: number[] = []

new PerformanceObserver((list) => seen.push(...list.getEntries().map((entry) => entry.duration))).observe({
  type: 'longtask',
})

/** The long tasks since the last call. */
export function takeLongTasks(): LongTasks {
  const taken = seen.splice(0)
  const total = taken.reduce((sum, ms) => sum + ms, 0)
  return { count: taken.length, max_ms: Math.round(Math.max(0, ...taken)), total_ms: Math.round(total) }
}
