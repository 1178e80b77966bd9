/** A read of the door, again and again: its trouble stays on the screen until a read settles otherwise. */
import { ref, watch } from 'vue'
import { Fault } from '@/domain/fault'
import { useLoad } from '@/data/useLoad'
import type { LoadState } from '@/domain/loadable'
import { keepStaffFiles } from '@/staff/offline/keepFiles'
import { useRefresh } from '@/staff/desk/useRefresh'

const DENIALS = new Set(['not_allowed', 'jornada_unknown'])

/**
 * `onDenied` is called when the server says that this member may not read it (any more). `isReady` is true once
 * the page, too, opens without signal.
 */
export function useDoorRead(read: () => Promise<unknown>, onDenied?: () => Promise<unknown>) {
  const isDenied = ref(false)
  const isReady = ref(false)
  /** Signal may be gone when this page is wanted again. */
  const keep = async () => (isReady.value ||= await keepStaffFiles())
  const { state, run } = useLoad(async () => {
    try {
      await read()
      isDenied.value = false
      void keep()
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
  return { state: settled, isDenied, isReady, refresh: run }
}
