/** Something read from the server, with every state that its screen has to show. */
import { type Ref, ref, shallowRef, type ShallowRef } from 'vue'
import { loadStateOf, type LoadState } from '@/domain/loadable'

export interface Loadable<T> {
  /** What was read last: it stays while it is read again, and when that fails. Null before. */
  value: ShallowRef<T | null>
  state: Ref<LoadState>
  /** Reads now. Only the latest run counts. */
  run(): Promise<void>
}

/** Reads nothing by itself: call `run`. */
export function useLoad<T>(load: () => Promise<T>): Loadable<T> {
  const value: ShallowRef<T | null> = shallowRef(null)
  const state = ref<LoadState>('waiting')
  let latest = 0

  async function run(): Promise<void> {
    const mine = ++latest
    state.value = 'waiting'
    try {
      const next = await load()
      if (mine !== latest) return
      value.value = next
      state.value = 'ready'
    } catch (error) {
      if (mine === latest) state.value = loadStateOf(error)
    }
  }
  return { value, state, run }
}
