/** A read from the server, with every state that its screen has to show. */
import { type Ref, ref, shallowRef, type ShallowRef } from 'vue'
import { loadStateOf, type LoadState } from '@/domain/loadable'

export interface Loadable<T> {
  /** The last result. It stays during another read and after a failed one; null before the first result. */
  value: ShallowRef<T | null>
  state: Ref<LoadState>
  /** Reads now. Only the result of the latest call is used. Never rejects. */
  run(): Promise<void>
}

/** Creates a Loadable. It reads only when `run` is called. */
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
