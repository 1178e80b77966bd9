import type { Table } from 'dexie'
import { onScopeDispose, shallowReadonly, shallowRef, type ShallowRef } from 'vue'
import { observeTables } from './observeTables'

/**
 * A query over `db` as a ref that follows the database, other tabs' writes included. Call it in a setup
 * or an effect scope. A failing read keeps the last value. `tables` as in `observeTables`.
 */
export function useLive<T>(query: () => Promise<T>, initial: T, tables?: Table[]): Readonly<ShallowRef<T>> {
  const value = shallowRef(initial) as ShallowRef<T>
  onScopeDispose(
    observeTables(
      query,
      (next) => {
        value.value = next
      },
      tables,
    ),
  )
  return shallowReadonly(value)
}
