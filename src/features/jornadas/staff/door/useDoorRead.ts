/** A repeated read of the door. The result of the last read stays on the screen while the next one runs. */
import { ref, watch } from 'vue'
import { Fault } from '@/domain/fault'
import { useLoad } from '@/data/useLoad'
import type { LoadState } from '@/domain/loadable'
import { keepDecoder } from '@/media/codes/keepDecoder'
import { keepStaffFiles } from '@/staff/offline/keepFiles'
import { useRefresh } from '@/staff/desk/useRefresh'

const DENIALS = new Set(['not_allowed', 'jornada_unknown'])

/**
 * Reads again every `everyMs`. `onDenied` runs when the server says that this member may not, or no longer, read it. `isReady` is true once the page
 * itself opens offline.
 */
export function useDoorRead(
  read: () => Promise<unknown>,
  onDenied?: () => Promise<unknown>,
  everyMs?: number,
) {
  const isDenied = ref(false)
  const isReady = ref(false)
  /** Keeps the page's files, because the phone may be offline when it is opened again. */
  const keep = async () => {
    isReady.value ||= await keepStaffFiles()
    await keepDecoder().catch(() => undefined) // no space or no connection: the page opens, and says what the camera lacks
  }
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
  useRefresh(() => void run(), everyMs)
  return { state: settled, isDenied, isReady, refresh: run }
}
