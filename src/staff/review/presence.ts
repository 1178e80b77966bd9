/** When a page tells the server that somebody has it open: while it is visible and somebody acts on it. */
import { readNetwork } from '@/media/network'

const DESK_MS = 30_000
const PHONE_MS = 120_000 // `app.open_by` names a member for half a minute longer
/** So long may somebody read without touching anything. */
const IDLE_MS = 180_000
const ACTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll'] as const

/** How often an open page repeats that it is open, in ms: less often on a phone, and where the device saves data. */
export const presencePeriod = (isPhone: boolean): number =>
  isPhone || readNetwork() === 'saving' ? PHONE_MS : DESK_MS

/**
 * Calls `tell(true)` now and every `period` ms while the page is visible, online and in use, and `tell(false)` once when it
 * is hidden or nobody has acted for three minutes. The next act tells again at once. The answer ends it, with a `tell(false)`.
 */
export function startPresence(period: number, tell: (isOpen: boolean) => void): () => void {
  let timer: ReturnType<typeof setInterval> | undefined
  let actedAt = 0

  function rest(): void {
    if (!timer) return
    clearInterval(timer)
    timer = undefined
    if (navigator.onLine) tell(false)
  }
  function repeat(): void {
    if (Date.now() - actedAt >= IDLE_MS) rest()
    else if (navigator.onLine) tell(true)
  }
  function act(): void {
    actedAt = Date.now()
    if (timer || document.visibilityState !== 'visible') return
    timer = setInterval(repeat, period)
    repeat()
  }
  const turn = () => (document.visibilityState === 'visible' ? act() : rest())

  const listening = { capture: true, passive: true }
  for (const name of ACTS) addEventListener(name, act, listening)
  document.addEventListener('visibilitychange', turn)
  act()
  return () => {
    for (const name of ACTS) removeEventListener(name, act, listening)
    document.removeEventListener('visibilitychange', turn)
    rest()
  }
}
