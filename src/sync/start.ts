/**
 * When the page synchronises: at start, after a save in any tab, when signal or the person comes back, by
 * timer while something is awaited, and when the worker says so. Load it after the first paint.
 */
import { awaitsAnswer, untilPush } from './due'
import { browserEngine, recallClock, runCycle } from './engine'
import { onPoke } from './poke'
import { Scheduler } from './scheduler'

let scheduler: Scheduler | undefined

/** Submissions whose page is open, and in how many places. */
export const watched = new Map<string, number>()

function makeScheduler(): Scheduler {
  const engine = browserEngine()
  return new Scheduler({
    cycle: (wants) => runCycle(engine, wants),
    untilPush: () => untilPush(engine.now()),
    awaitsAnswer,
    isWatched: () => watched.size > 0,
    isVisible: () => document.visibilityState === 'visible',
    after: (ms, then) => {
      const timer = setTimeout(then, ms)
      return () => clearTimeout(timer)
    },
  })
}

/** Begins to synchronise; further calls change nothing. */
export function startSync(): void {
  if (scheduler) return
  const { want } = (scheduler = makeScheduler())
  onPoke(() => void want({ hurry: 'no', reach: 'none' }))
  addEventListener('online', () => void want({ hurry: 'network', reach: 'all' }))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void want({ hurry: 'network', reach: 'all' })
  })
  navigator.serviceWorker?.addEventListener('message', () => void want({ hurry: 'no', reach: 'mine' }))
  recallClock()
    .catch(() => undefined)
    .finally(() => void want({ hurry: 'network', reach: 'all' }))
}

/** Sends and reads now, waits notwithstanding: the person asked. Resolves when it was tried; never rejects. */
export function syncNow(): Promise<void> {
  startSync()
  return scheduler!.want({ hurry: 'person', reach: 'all' })
}

/** Asks for the news of what this phone sent. Resolves when it was tried; never rejects. */
export function syncMine(): Promise<void> {
  startSync()
  return scheduler!.want({ hurry: 'no', reach: 'mine' })
}
