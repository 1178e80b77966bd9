import { onScopeDispose, shallowReadonly, shallowRef, type ShallowRef } from 'vue'
import { databaseTurn } from './firstScreen'
import type { LiveQuery } from './queries'

const RETRY_MS = 1_000

/**
 * Like `useLive`, for screens that are painted before the database is open on a first visit: `load` imports the query,
 * with the database, in its turn. Until then the ref is `initial`. A failed import is repeated after a second.
 */
export function useKept<T, Initial>(
  load: () => Promise<LiveQuery<T>>,
  initial: Initial,
): Readonly<ShallowRef<T | Initial>> {
  const value = shallowRef<T | Initial>(initial)
  let isGone = false
  let stop = () => {}

  async function start(): Promise<void> {
    const [{ observeTables }, query] = await Promise.all([import('./observeTables'), load()])
    if (!isGone) stop = observeTables(query, (next) => (value.value = next))
  }
  const tryToStart = (): void => {
    if (!isGone) void start().catch(() => setTimeout(tryToStart, RETRY_MS))
  }
  void databaseTurn().then(tryToStart)
  onScopeDispose(() => {
    isGone = true
    stop()
  })
  return shallowReadonly(value) as Readonly<ShallowRef<T | Initial>>
}
