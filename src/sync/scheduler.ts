/**
 * Decides when a cycle runs. One at a time; wishes that come meanwhile are merged into the next. Polls of an
 * unreachable server grow to five minutes; a hidden page polls nothing.
 */
import { CEILING_MS } from './backoff'
import type { Hurry } from './drain'
import type { Outcome, Wants } from './engine'

const WATCHED_MS = 10_000
const POLL_MS = 60_000
const SHORTEST_MS = 1_000

export interface SchedulerDeps {
  cycle: (wants: Wants) => Promise<Outcome>
  untilPush: () => Promise<number | null>
  awaitsAnswer: () => Promise<boolean>
  isWatched: () => boolean
  isVisible: () => boolean
  /** Calls back once after that many ms; returns how to cancel. */
  after: (ms: number, then: () => void) => () => void
}

const HURRIES: readonly Hurry[] = ['no', 'network', 'person']
const REACHES: readonly Wants['reach'][] = ['none', 'mine', 'all']

const larger = <T>(order: readonly T[], a: T, b: T): T => (order.indexOf(a) > order.indexOf(b) ? a : b)

const merge = (a: Wants | null, b: Wants): Wants =>
  a ? { hurry: larger(HURRIES, a.hurry, b.hurry), reach: larger(REACHES, a.reach, b.reach) } : b

/** Milliseconds until the next poll by this many failures in a row; null when nothing is awaited. */
async function untilPoll(deps: SchedulerDeps, failures: number): Promise<number | null> {
  if (!deps.isVisible()) return null
  const isWatched = deps.isWatched()
  if (!isWatched && !(await deps.awaitsAnswer())) return null
  return Math.min(CEILING_MS, (isWatched ? WATCHED_MS : POLL_MS) * 2 ** Math.min(failures, 6))
}

export class Scheduler {
  private wanted: Wants | null = null
  private putOff: Wants | null = null // another tab is at it
  private running: Promise<void> | null = null
  private failures = 0
  private rejections = 0
  private cancel = () => {}

  constructor(private readonly deps: SchedulerDeps) {}

  /** Runs a cycle soon; resolves after it. Never rejects. */
  readonly want = (wants: Wants): Promise<void> => {
    this.wanted = merge(this.wanted, wants)
    this.running ??= this.work().finally(() => {
      this.running = null
      if (this.wanted) void this.want(this.wanted)
    })
    return this.running
  }

  private async work(): Promise<void> {
    this.cancel()
    while (this.wanted) {
      const wants = this.wanted
      this.wanted = null
      const outcome = await this.deps.cycle(wants).catch(() => null)
      if (outcome === 'busy') this.putOff = merge(this.putOff, wants)
      this.failures = outcome === 'failed' || outcome === null ? this.failures + 1 : 0
      this.rejections = outcome === null ? this.rejections + 1 : 0
    }
    await this.plan().catch(() => undefined) // storage gone: the next touch tries again
  }

  private async plan(): Promise<void> {
    const { deps, putOff } = this
    this.putOff = null
    if (putOff) {
      this.cancel = deps.after(SHORTEST_MS, () => void this.want(putOff))
      return
    }
    const push = await deps.untilPush()
    const poll = await untilPoll(deps, this.failures)
    // A cycle that could not write its outcome left no throttle on disk either.
    const shortest = Math.min(CEILING_MS, SHORTEST_MS * 2 ** Math.min(this.rejections, 9))
    const again = this.rejections > 0 ? shortest : null
    if (push === null && poll === null && again === null) return
    const delay = Math.max(shortest, Math.min(push ?? Infinity, poll ?? Infinity, again ?? Infinity))
    const reach = poll !== null && poll <= delay ? 'mine' : 'none'
    this.cancel = deps.after(delay, () => void this.want({ hurry: 'no', reach }))
  }
}
