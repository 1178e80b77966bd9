/** What a page offers to the benchmark that drives it: functions by name on `window.bench`. */

export type Calls = Record<string, (...args: never[]) => unknown>

declare global {
  interface Window {
    bench: Record<string, (...args: unknown[]) => unknown>
    /** Durability of every writing transaction of this page, as the browser has it. */
    durabilities: Set<string>
    /** Tells the benchmark that a contender has promised to keep this. */
    promised: (id: string, rev: number) => Promise<void>
  }
}

/** Call it last: the benchmark waits for `window.bench`. */
export function expose(calls: Calls): void {
  window.bench = calls as Window['bench']
}

/**
 * Notes how durable the transactions are that write. With `?strict` in the address every one of them flushes,
 * so that a peer can be measured at the promise we make.
 */
export function watchDurability(): void {
  window.durabilities = new Set()
  const isForced = location.search.includes('strict')
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const wanted = isForced && mode === 'readwrite' ? ({ durability: 'strict' } as const) : options
    const made = transaction.call(this, stores, mode, wanted)
    if (mode === 'readwrite') window.durabilities.add(made.durability)
    return made
  }
}

/** What the benchmark put into the page's file field. */
export function chosenFile(): File {
  const file = (document.getElementById('file') as HTMLInputElement).files?.[0]
  if (!file) throw new Error('no file was chosen')
  return file
}
