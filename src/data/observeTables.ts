import { Dexie, type ObservabilitySet, type Table } from 'dexie'
import type { LiveQuery } from './queries'

/** A failed read is repeated after this wait. */
const RETRY_MS = 1_000

/** Whether these changes, as Dexie announces them after a transaction of any tab, may touch the table. */
const touches = (parts: ObservabilitySet, { db, name }: Table): boolean =>
  'all' in parts || Object.keys(parts).some((part) => part.startsWith(`idb://${db.name}/${name}/`))

/**
 * Calls `listener` with the query's result, now and after every change of its tables, also by other tabs. One read runs
 * at a time; what changes meanwhile is read after it, and only the last result is told. A failed read calls nothing and
 * is repeated after a second. Returns a function that stops it.
 */
export function observeTables<T>({ tables, read }: LiveQuery<T>, listener: (value: T) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let changes = 0
  let isReading = false
  let isStopped = false

  async function look(): Promise<void> {
    isReading = true
    const before = changes
    const answer = await read().then(
      (value) => ({ value }),
      () => null,
    )
    isReading = false
    if (isStopped) return
    if (changes !== before) plan(0)
    else if (answer) listener(answer.value)
    else plan(RETRY_MS)
  }
  // a timer also leaves the zone of the transaction that announced the change
  function plan(wait: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), wait)
  }
  function onChange(parts: ObservabilitySet): void {
    if (!tables.some((table) => touches(parts, table))) return
    changes += 1
    if (!isReading) plan(0)
  }
  Dexie.on.storagemutated.subscribe(onChange)
  plan(0)
  return () => {
    isStopped = true
    clearTimeout(timer)
    Dexie.on.storagemutated.unsubscribe(onChange)
  }
}
