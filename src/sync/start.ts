/**
 * When the page synchronises: at start, after a save in any tab, when signal or the person comes back, by
 * timer while something is awaited. A page that is put away asks for the worker. Load it after the first paint.
 */
import { storageFault } from '@/data/storageFault'
import { awaitsAnswer, untilPush } from './due'
import { browserEngine, recallClock, runCycle, type Engine, type Outcome, type Wants } from './engine'
import { askBackgroundSend, onPoke } from './poke'
import { Scheduler } from './scheduler'
import { useSyncStore } from './syncStore'

let scheduler: Scheduler | undefined

/** Submissions whose page is open, and in how many places. */
export const watched = new Map<string, number>()

/** A cycle whose end the screens hear of. */
async function cycle(engine: Engine, wants: Wants): Promise<Outcome> {
  const store = useSyncStore()
  try {
    const outcome = await runCycle(engine, wants)
    store.cycleEnded(outcome)
    return outcome
  } catch (error) {
    store.cycleBroke(storageFault(error).code)
    throw error
  }
}

const makeScheduler = (engine: Engine): Scheduler =>
  new Scheduler({
    cycle: (wants) => cycle(engine, wants),
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
  void useSyncStore().follow()
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
