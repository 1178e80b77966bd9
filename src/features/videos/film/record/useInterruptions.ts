/** What interrupts somebody who films: the page is hidden, or the phone is turned. */
import { onScopeDispose } from 'vue'

/** Why a recording waits. A turned phone would go on with a picture that lies on its side. */
export type Interruption = 'hidden' | 'turned'

/** Call it in a setup. */
export function useInterruptions(tell: (why: Interruption) => void): void {
  const hide = () => {
    if (document.visibilityState === 'hidden') tell('hidden')
  }
  const turn = () => tell('turned')
  document.addEventListener('visibilitychange', hide)
  globalThis.screen?.orientation?.addEventListener('change', turn)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', hide)
    globalThis.screen?.orientation?.removeEventListener('change', turn)
  })
}
