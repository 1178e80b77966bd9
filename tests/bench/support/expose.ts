/** The functions that a page offers to the benchmark, by name on `window.bench`. */

export type Calls = Record<string, (...args: never[]) => unknown>

declare global {
  interface Window {
    bench: Record<string, (...args: unknown[]) => unknown>
    /** The durability of every write transaction of this page, as the browser reports it. */
    durabilities: Set<string>
    /** Reports to the benchmark that a contender has saved this revision. */
    promised: (id: string, rev: number) => Promise<void>
  }
}

/** Exposes the page's functions. Call it last: the benchmark waits for `window.bench`. */
export function expose(calls: Calls): void {
  window.bench = calls as Window['bench']
}

/**
 * Records the durability of write transactions. With `?strict` in the address every one of them flushes, so
 * that a peer can be measured with the app's guarantee.
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

/** The file that the benchmark chose in the page's file field. */
export function chosenFile(): File {
  const file = (document.getElementById('file') as HTMLInputElement).files?.[0]
  if (!file) throw new Error('no file was chosen')
  return file
}
