/** Web Locks as the standard says, for one name: a line, `signal`, `steal`. */

interface Waiter {
  start: () => void
  isGone: boolean
}

const aborted = () => new DOMException('The request was aborted.', 'AbortError')

export class FakeLocks {
  private holder: { rob: () => void } | null = null
  private line: Waiter[] = []
  private readonly works: Promise<unknown>[] = []

  /** When all work has ended, that of robbed holders included. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.works)
  }

  private next(): void {
    const waiter = this.line.shift()
    if (waiter?.isGone) this.next()
    else waiter?.start()
  }

  private hold<T>(
    work: () => Promise<T>,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ): void {
    const mine = { rob: () => reject(aborted()) }
    this.holder = mine
    const release = () => {
      if (this.holder !== mine) return
      this.holder = null
      this.next()
    }
    // The lock is free once the work has ended and whoever asked has heard of it.
    const working = work()
    this.works.push(working)
    working.then(resolve, reject).finally(release)
  }

  readonly request = (<T>(_name: string, options: LockOptions, work: () => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (options.steal) {
        const robbed = this.holder
        this.hold(work, resolve, reject)
        robbed?.rob()
        return
      }
      if (!this.holder) return this.hold(work, resolve, reject)
      const waiter: Waiter = { start: () => this.hold(work, resolve, reject), isGone: false }
      this.line.push(waiter)
      options.signal?.addEventListener('abort', () => {
        waiter.isGone = true
        if (this.line.includes(waiter)) reject(aborted())
      })
    })) as LockManager['request']
}
