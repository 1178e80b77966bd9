/** What the service worker runs when the browser wakes it for `OUTBOX_TAG`. */
import { Fault } from '@/domain/fault'
import { untilPush } from './due'
import { browserEngine, recallClock, runCycle, type Engine } from './engine'

/** A longer wait is left to the next waking: the browser counts every second. */
const LONGEST_SLEEP_MS = 30_000
/** And one as long as this to the next opening; so is whoever has to sign in first. */
const LONGEST_WAIT_MS = 60_000

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * Sends what is queued within `deadlineMs`, then reads the news of what this phone sent. Resolves with whether the
 * server asked for something to come again soon. Rejects with the Fault `offline` when a call did not come through.
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
  wait = await untilPush(engine.now()) // what another database forgot goes again
  return wait !== null && wait < LONGEST_WAIT_MS
}
