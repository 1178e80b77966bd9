/**
 * Decides when a cycle runs. One cycle runs at a time; requests made during a cycle are merged into the next one.
 * A page polls while an answer is awaited and it is visible: after a minute, or three times after ten seconds while the
 * page of a submission is open. Each poll that no event follows then makes the interval four times as long, up to half an
 * hour, so that a phone left on a table asks seven times in its first hour. The interval of an unreachable server grows to
 * five minutes.
 */
import { CEILING_MS } from './backoff'
import type { Hurry } from './drain'
import type { Outcome, Wants } from './engine'

const WATCHED_MS = 10_000
const POLL_MS = 60_000
const SHORTEST_MS = 1_000
const SLOWEST_MS = 30 * 60_000
/** The polls of an open submission before its interval grows. */
const QUICK_POLLS = 3

export interface SchedulerDeps {
  cycle: (wants: Wants) => Promise<Outcome>
  untilPush: () => Promise<number | null>
  awaitsAnswer: () => Promise<boolean>
  isWatched: () => boolean
  isVisible: () => boolean
  /** Calls `then` once after `ms` milliseconds. Returns a function that cancels it. */
  after: (ms: number, then: () => void) => () => void
}

const HURRIES: readonly Hurry[] = ['no', 'network', 'person']
const REACHES: readonly Wants['reach'][] = ['none', 'mine', 'all']

const larger = <T>(order: readonly T[], a: T, b: T): T => (order.indexOf(a) > order.indexOf(b) ? a : b)

const merge = (a: Wants | null, b: Wants): Wants =>
  a ? { hurry: larger(HURRIES, a.hurry, b.hurry), reach: larger(REACHES, a.reach, b.reach) } : b

/**
 * Milliseconds until the next poll after `failures` failures in a row and `polls` polls since the last event; null when
 * no answer is awaited.
 */
async function untilPoll(deps: SchedulerDeps, failures: number, polls: number): Promise<number | null> {
  if (!deps.isVisible() || !(await deps.awaitsAnswer())) return null
  const isWatched = deps.isWatched()
  const base = isWatched ? WATCHED_MS : POLL_MS
  const calm = Math.max(0, isWatched ? polls - QUICK_POLLS + 1 : polls)
  const grown = (factor: number, times: number, most: number) =>
    Math.min(most, base * factor ** Math.min(times, 6))
  return Math.max(grown(2, failures, CEILING_MS), grown(4, calm, SLOWEST_MS))
}

export class Scheduler {
  private wanted: Wants | null = null
  private postponed: Wants | null = null // another tab held the lease
  private running: Promise<void> | null = null
  private failures = 0
  private rejections = 0
  private polls = 0 // since the last event
  private cancel = () => {}

  constructor(private readonly deps: SchedulerDeps) {}

  /** Runs a cycle, after the present one if there is one. Resolves when it has ended; never rejects. */
  readonly want = (wants: Wants): Promise<void> => {
    this.polls = 0
    return this.enqueue(wants)
  }

  private enqueue(wants: Wants): Promise<void> {
    this.wanted = merge(this.wanted, wants)
    this.running ??= this.work().finally(() => {
      this.running = null
      if (this.wanted) void this.enqueue(this.wanted)
    })
    return this.running
  }

  private async work(): Promise<void> {
    this.cancel()
    while (this.wanted) {
      const wants = this.wanted
      this.wanted = null
      const outcome = await this.deps.cycle(wants).catch(() => null)
      if (outcome === 'busy') this.postponed = merge(this.postponed, wants)
      this.failures = outcome === 'failed' || outcome === null ? this.failures + 1 : 0
      this.rejections = outcome === null ? this.rejections + 1 : 0
    }
    await this.plan().catch(() => undefined) // the storage failed: the next event runs a cycle
  }

  private async plan(): Promise<void> {
    const { deps, postponed } = this
    this.postponed = null
    if (postponed) {
      this.cancel = deps.after(SHORTEST_MS, () => void this.enqueue(postponed))
      return
    }
    const push = await deps.untilPush()
    const poll = await untilPoll(deps, this.failures, this.polls)
    // A cycle that rejected wrote no throttle, so its wait is counted here.
    const shortest = Math.min(CEILING_MS, SHORTEST_MS * 2 ** Math.min(this.rejections, 9))
    const again = this.rejections > 0 ? shortest : null
    if (push === null && poll === null && again === null) return
    const delay = Math.max(shortest, Math.min(push ?? Infinity, poll ?? Infinity, again ?? Infinity))
    const reach = poll !== null && poll <= delay ? 'mine' : 'none'
    this.cancel = deps.after(delay, () => {
      if (reach === 'mine') this.polls += 1
      void this.enqueue({ hurry: 'no', reach })
    })
  }
}
