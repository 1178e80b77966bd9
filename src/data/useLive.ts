import type { Table } from 'dexie'
import { onScopeDispose, shallowReadonly, shallowRef, type ShallowRef } from 'vue'
import { follow } from './follow'

/**
 * A query over `db` as a ref that follows the database, other tabs' writes included. Call it in a setup
 * or an effect scope. A failing read keeps the last value. `tables` as in `follow`.
 */
export function useLive<T>(query: () => Promise<T>, initial: T, tables?: Table[]): Readonly<ShallowRef<T>> {
  const value = shallowRef(initial) as ShallowRef<T>
  onScopeDispose(
    follow(
      query,
      (next) => {
        value.value = next
      },
      tables,
    ),
  )
  return shallowReadonly(value)
}
