/**
 * When the page synchronises: at start, after a save in any tab, when signal or the person comes back, by
 * timer while something is awaited. A page that is put away asks for the worker. Load it after the first paint.
 */
import { awaitsAnswer, untilPush } from './due'
import { browserEngine, recallClock, runCycle, type Engine } from './engine'
import { askBackgroundSend, onPoke } from './poke'
import { Scheduler } from './scheduler'
import { passOn, tellStorage } from './storageTrouble'

let scheduler: Scheduler | undefined

/** Submissions whose page is open, and in how many places. */
export const watched = new Map<string, number>()

const makeScheduler = (engine: Engine): Scheduler =>
  new Scheduler({
    cycle: (wants) => runCycle(engine, wants).then(passOn, tellStorage),
    untilPush: () => untilPush(engine.now()),
    awaitsAnswer,
    isWatched: () => watched.size > 0,
    isVisible: () => document.visibilityState === 'visible',
    after: (ms, then) => {
      const timer = setTimeout(then, ms)
      return () => clearTimeout(timer)
    },
  })

async function askIfLeft(engine: Engine): Promise<void> {
  if ((await untilPush(engine.now())) !== null) askBackgroundSend()
}

/** Begins to synchronise; further calls change nothing. */
export function startSync(): void {
  if (scheduler) return
  const engine = browserEngine()
  const { want } = (scheduler = makeScheduler(engine))
  onPoke(() => void want({ hurry: 'no', reach: 'none' }))
  addEventListener('online', () => void want({ hurry: 'network', reach: 'all' }))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void want({ hurry: 'network', reach: 'all' })
    else void askIfLeft(engine).catch(() => undefined) // perhaps the browser's tries of the last asking are spent
  })
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
