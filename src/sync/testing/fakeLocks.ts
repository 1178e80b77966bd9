/** Web Locks by the standard, for one name: queue, `signal` and `steal`. */

interface Waiter {
  start: () => void
  isGone: boolean
}

const aborted = () => new DOMException('The request was aborted.', 'AbortError')

export class FakeLocks {
  private holder: { abort: () => void } | null = null
  private queue: Waiter[] = []
  private readonly works: Promise<unknown>[] = []

  /** Resolves when all work has ended, also the work of holders that lost the lock. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.works)
  }

  private next(): void {
    const waiter = this.queue.shift()
    if (waiter?.isGone) this.next()
    else waiter?.start()
  }

  private hold<T>(
    work: () => Promise<T>,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ): void {
    const mine = { abort: () => reject(aborted()) }
    this.holder = mine
    const release = () => {
      if (this.holder !== mine) return
      this.holder = null
      this.next()
    }
    // The lock is free after the work has ended and the caller has its result.
    const working = work()
    this.works.push(working)
    working.then(resolve, reject).finally(release)
  }

  readonly request = (<T>(_name: string, options: LockOptions, work: () => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (options.steal) {
        const previous = this.holder
        this.hold(work, resolve, reject)
        previous?.abort()
        return
      }
      if (!this.holder) return this.hold(work, resolve, reject)
      const waiter: Waiter = { start: () => this.hold(work, resolve, reject), isGone: false }
      this.queue.push(waiter)
      options.signal?.addEventListener('abort', () => {
        waiter.isGone = true
        if (this.queue.includes(waiter)) reject(aborted())
      })
    })) as LockManager['request']
}
