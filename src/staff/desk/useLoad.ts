/** Something read from the server, with every state that its screen has to show. */
import { ref, shallowRef } from 'vue'
import { Fault } from '@/domain/fault'

export type LoadState = 'waiting' | 'ready' | 'offline' | 'expired' | 'missing' | 'failed'

const STATE_OF: Record<string, LoadState> = {
  offline: 'offline',
  timeout: 'offline',
  not_ours: 'offline',
  auth: 'expired',
  submission_unknown: 'missing',
  jornada_unknown: 'missing',
}

/** What a failed read means for the screen. */
export const loadStateOf = (error: unknown): LoadState =>
  (error instanceof Fault ? STATE_OF[error.code] : undefined) ?? 'failed'

/** Runs `load`; only the latest run counts. What was read before stays while it runs, and when it fails. */
export function useLoad<T>(load: () => Promise<T>) {
  const value = shallowRef<T | null>(null)
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
