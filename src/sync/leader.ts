/**
 * One sender among all tabs and the worker. Web Locks keep the others waiting; the heartbeat tells a frozen
 * holder from a busy one; the fence (`fence.ts`) makes a stolen lock harmless. Each lease has a lock of its
 * own, so that a video on its way never holds back a text.
 */
import {
  BEAT_MS,
  FenceLost,
  LEASE,
  STALE_MS,
  beat,
  isHeld,
  releaseFence,
  takeFence,
  type LeaseName,
} from './fence'

export interface LeaderDeps {
  /** Null where the browser has none: then the lease alone decides. */
  locks: Pick<LockManager, 'request'> | null
  now: () => number
  /** Calls `tick` again and again until stopped. */
  every: (ms: number, tick: () => void) => () => void
  /** How long to wait in line before looking whether the holder is alive; STALE_MS when not said. */
  patienceMs?: number
}

/** Whether the job ran here, or somebody else is sending, or took the lock away meanwhile. */
export type Led = 'done' | 'busy'

type Job = (fence: number) => Promise<void>

async function hold(job: Job, deps: LeaderDeps, name: LeaseName): Promise<Led> {
  const fence = await takeFence(deps.now(), name)
  const stop = deps.every(BEAT_MS, () => {
    beat(fence, deps.now(), name).catch(() => undefined) // a missed one is what the others look for
  })
  try {
    await job(fence)
    return 'done'
  } catch (error) {
    if (error instanceof FenceLost) return 'busy'
    throw error
  } finally {
    stop()
    await releaseFence(fence, name).catch(() => undefined) // left behind, it goes stale
  }
}

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError'

/** Null when the lock was not to be had: patience ended, or it was stolen. */
async function underLock(
  job: Job,
  deps: LeaderDeps,
  name: LeaseName,
  options: LockOptions,
): Promise<Led | null> {
  try {
    return await deps.locks!.request(`convoca-${name}`, options, () => hold(job, deps, name))
  } catch (error) {
    if (isAbort(error)) return null
    throw error
  }
}

/**
 * Runs `job` with a fresh fencing number once nobody else is sending. A holder that is still alive when
 * patience ends is left alone (`busy`); one without heartbeat is robbed.
 */
export async function asLeader(job: Job, deps: LeaderDeps, name: LeaseName = LEASE): Promise<Led> {
  if (!deps.locks) return (await isHeld(deps.now(), name)) ? 'busy' : hold(job, deps, name)
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), deps.patienceMs ?? STALE_MS)
  const entered: Job = (fence) => {
    clearTimeout(timer)
    return job(fence)
  }
  const led = await underLock(entered, deps, name, { signal: patience.signal })
  clearTimeout(timer)
  if (led !== null) return led
  if (!patience.signal.aborted || (await isHeld(deps.now(), name))) return 'busy'
  return (await underLock(job, deps, name, { steal: true })) ?? 'busy'
}
