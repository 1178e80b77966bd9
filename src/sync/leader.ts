/**
 * One sender among all tabs and the worker. Web Locks make the others wait; the heartbeat tells a frozen holder from a
 * busy one; the fencing number (`fence.ts`) makes a stolen lock harmless. Each lease has its own lock, so an upload
 * never delays an op.
 *
 *     tab A   request lock ─▶ takeFence(7) ─▶ job ── beat every 4 s ──▶ frozen            wakes: assertFence(7)
 *                                                                        │                 throws, writes nothing
 *     tab B   request lock ────── waits 15 s ─▶ last beat younger than 15 s? busy
 *                                               older: steal the lock ─▶ takeFence(8) ─▶ job
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
  /** Null in a browser without Web Locks: the lease alone decides. */
  locks: Pick<LockManager, 'request'> | null
  now: () => number
  /** Calls `tick` every `ms` milliseconds. Returns a function that stops it. */
  every: (ms: number, tick: () => void) => () => void
  /** How long to wait for the lock before checking the holder's heartbeat, in ms; STALE_MS by default. */
  patienceMs?: number
}

/** `done`: the job ran here. `busy`: another sender holds the lock, or took it during the job. */
export type Led = 'done' | 'busy'

type Job = (fence: number) => Promise<void>

async function hold(job: Job, deps: LeaderDeps, name: LeaseName): Promise<Led> {
  const fence = await takeFence(deps.now(), name)
  const stop = deps.every(BEAT_MS, () => {
    beat(fence, deps.now(), name).catch(() => undefined) // a missing heartbeat makes the lease stale
  })
  try {
    await job(fence)
    return 'done'
  } catch (error) {
    if (error instanceof FenceLost) return 'busy'
    throw error
  } finally {
    stop()
    await releaseFence(fence, name).catch(() => undefined) // an unreleased lease becomes stale
  }
}

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError'

/** Returns null when the wait for the lock ended, or another sender stole the lock. */
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
 * Runs `job` with a new fencing number once no other sender holds the lock. When the wait ends, a holder with a recent
 * heartbeat keeps the lock (`busy`); the lock is stolen from any other holder. Rejects with the errors of `job`.
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
