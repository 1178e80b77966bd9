/** What the service worker runs when the browser wakes it for `OUTBOX_TAG`. */
import { Fault } from '@/domain/fault'
import { untilPush } from './due'
import { browserEngine, recallClock, runCycle, type Engine } from './engine'

/** A longer wait is left to the next waking: the browser counts every second. */
const LONGEST_SLEEP_MS = 30_000

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * Sends what is queued within `deadlineMs`, then reads the news of what this phone sent. Rejects with the
 * Fault `offline` when something is left that could have gone: the browser then wakes the worker again, so
 * nobody registers the tag here.
 */
export async function sendInBackground(deadlineMs: number, engine: Engine = browserEngine()): Promise<void> {
  const end = engine.now() + deadlineMs
  const left = () => Math.max(1_000, end - engine.now())
  const bounded: Engine = {
    ...engine,
    rpc: (fn, args, options) =>
      engine.rpc(fn, args, { ...options, timeoutMs: Math.min(options?.timeoutMs ?? Infinity, left()) }),
  }
  await recallClock()
  let outcome = await runCycle(bounded, { hurry: 'network', reach: 'none' })
  for (;;) {
    const wait = await untilPush(engine.now())
    if (wait === null || wait > LONGEST_SLEEP_MS || engine.now() + wait >= end) break
    await sleep(Math.max(500, wait))
    outcome = await runCycle(bounded, { hurry: 'no', reach: 'none' })
  }
  if (outcome === 'failed') throw new Fault('offline', true)
  await runCycle(bounded, { hurry: 'no', reach: 'mine' })
}
