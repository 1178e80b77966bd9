/** The service worker's cycle when the browser wakes it for `OUTBOX_TAG`. */
import { Fault } from '@/domain/fault'
import { untilPush } from './due'
import { browserEngine, recallClock, runCycle, type Engine } from './engine'

/** After a longer wait the browser wakes the worker again: it limits how long a worker may run. */
const LONGEST_SLEEP_MS = 30_000
/** After a wait this long, or until somebody signs in, the next opening of the app sends. */
const LONGEST_WAIT_MS = 60_000

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * Sends the queued ops within `deadlineMs`, then reads the changes of this phone's submissions. Resolves with true
 * when an op is due again within a minute. Rejects with the Fault `offline` when a call failed, so that the browser
 * wakes the worker again.
 */
export async function sendInBackground(
  deadlineMs: number,
  engine: Engine = browserEngine(),
): Promise<boolean> {
  const end = engine.now() + deadlineMs
  const left = () => Math.max(1_000, end - engine.now())
  const bounded: Engine = {
    ...engine,
    rpc: (fn, args, options) =>
      engine.rpc(fn, args, { ...options, timeoutMs: Math.min(options?.timeoutMs ?? Infinity, left()) }),
  }
  await recallClock()
  let outcome = await runCycle(bounded, { hurry: 'network', reach: 'none' })
  let wait = await untilPush(engine.now())
  while (wait !== null && wait <= LONGEST_SLEEP_MS && engine.now() + wait < end) {
    await sleep(Math.max(500, wait))
    outcome = await runCycle(bounded, { hurry: 'no', reach: 'none' })
    wait = await untilPush(engine.now())
  }
  if (outcome === 'failed') throw new Fault('offline', true)
  await runCycle(bounded, { hurry: 'no', reach: 'mine' })
  wait = await untilPush(engine.now()) // a new epoch queues accepted ops again
  return wait !== null && wait < LONGEST_WAIT_MS
}
