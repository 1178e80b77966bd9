/** The work of a new file: how far it is, and its pauses. A page that nobody sees pauses it, because phones stop such pages. */
import { onScopeDispose, ref } from 'vue'
import type { MakeTask, Order } from '@/media/film/asks'
import { stayAwake } from '@/media/film/awake'
import { makeFile } from '@/media/film/filmer'

export function useMaking() {
  /** 0 to 1. */
  const share = ref(0)
  const isPaused = ref(false)
  /** Whether the page was left meanwhile. */
  const wasHidden = ref(false)
  let send: ((order: Order) => void) | null = null

  const isHidden = () => document.visibilityState === 'hidden'
  const tell = () => send?.({ do: isPaused.value || isHidden() ? 'pause' : 'resume' })
  function turn(): void {
    if (send && isHidden()) wasHidden.value = true
    tell()
  }
  document.addEventListener('visibilitychange', turn)
  onScopeDispose(() => document.removeEventListener('visibilitychange', turn))

  function setPaused(paused: boolean): void {
    isPaused.value = paused
    tell()
  }

  async function make(task: Omit<MakeTask, 'do'>, signal: AbortSignal): Promise<Blob> {
    share.value = 0
    isPaused.value = false
    wasHidden.value = false
    const sleep = stayAwake()
    try {
      return await makeFile(task, {
        signal,
        onShare: (done) => (share.value = done),
        onStart: (order) => {
          send = order
          if (isHidden()) turn()
        },
      })
    } finally {
      send = null
      sleep()
    }
  }

  return { share, isPaused, wasHidden, setPaused, make }
}
