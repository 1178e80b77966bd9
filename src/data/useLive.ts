import { onScopeDispose, shallowReadonly, shallowRef, type ShallowRef } from 'vue'
import { observeTables } from './observeTables'
import type { LiveQuery } from './queries'

/**
 * A live query as a ref that follows the database, including writes of other tabs. Call it in a setup or an effect
 * scope. The ref is `initial` until the first read ends; a failed read keeps the last value.
 */
export function useLive<T, Initial>(
  query: LiveQuery<T>,
  initial: Initial,
): Readonly<ShallowRef<T | Initial>> {
  const value = shallowRef<T | Initial>(initial)
  const stop = observeTables(query, (next) => {
    value.value = next
  })
  onScopeDispose(stop)
  return shallowReadonly(value) as Readonly<ShallowRef<T | Initial>>
}
