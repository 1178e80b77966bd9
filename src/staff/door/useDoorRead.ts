/** A read of the door, again and again: its trouble stays on the screen until a read settles otherwise. */
import { ref, watch } from 'vue'
import { Fault } from '@/domain/fault'
import { type LoadState, useLoad } from '../useLoad'
import { useRefresh } from './useRefresh'

const DENIALS = new Set(['not_allowed', 'jornada_unknown'])

/** `onDenied` is called when the server says that this member may not read it (any more). */
export function useDoorRead(read: () => Promise<unknown>, onDenied?: () => Promise<unknown>) {
  const isDenied = ref(false)
  const { state, run } = useLoad(async () => {
    try {
      await read()
      isDenied.value = false
    } catch (error) {
      isDenied.value = error instanceof Fault && DENIALS.has(error.code)
      if (isDenied.value) await onDenied?.()
      throw error
    }
  })
  const settled = ref<LoadState>('waiting')
  watch(state, (now) => {
    if (now !== 'waiting') settled.value = now
  })
  useRefresh(() => void run())
  return { state: settled, isReading: state, isDenied, refresh: run }
}
