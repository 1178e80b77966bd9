/**
 * When the page synchronises: at the start, after a save in any tab, when the signal returns or the page becomes
 * visible, and by a timer while an answer is awaited. A page that becomes hidden asks for the worker. Load it after
 * the first paint.
 */
import { storageFault } from '@/data/storageFault'
import { awaitsAnswer, untilPush } from './due'
import { browserEngine, recallClock, runCycle, type Engine, type Outcome, type Wants } from './engine'
import { askBackgroundSend, onPoke } from './poke'
import { Scheduler } from './scheduler'
import { useSyncStore } from './syncStore'
import { watchClock } from './watchClock'

let scheduler: Scheduler | undefined

/** Ids of submissions whose page is open, with the number of open pages. */
export const watched = new Map<string, number>()

/** Runs a cycle and reports its end to the sync store. */
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

const BEGINS: Wants = { hurry: 'network', reach: 'all' }
const ASKED: Wants = { hurry: 'person', reach: 'all' }

/** Starts synchronising and resolves after the first cycle; never rejects. Further calls change nothing. */
export async function startSync(first = BEGINS): Promise<void> {
  if (scheduler) return
  watchClock()
  void useSyncStore().follow()
  const engine = browserEngine()
  const { want } = (scheduler = makeScheduler(engine))
  onPoke(() => void want({ hurry: 'no', reach: 'none' }))
  addEventListener('online', () => void want({ hurry: 'network', reach: 'all' }))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void want({ hurry: 'network', reach: 'all' })
    else void askIfLeft(engine).catch(() => undefined) // the browser may have used up the tries of the last request
  })
  await recallClock().catch(() => undefined)
  await want(first)
}

/** Sends and reads now and ends every wait, because the person asked. Resolves after the attempt; never rejects. */
export const syncNow = (): Promise<void> => (scheduler ? scheduler.want(ASKED) : startSync(ASKED))

/** Reads the changes of this phone's submissions. Resolves after the attempt; never rejects. */
export const syncMine = (): Promise<void> =>
  scheduler ? scheduler.want({ hurry: 'no', reach: 'mine' }) : startSync()
