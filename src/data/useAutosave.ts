/** Keeps what is typed on this phone while it is typed: the one autosave of citizens' and staff's forms. */
import { onScopeDispose, readonly, ref, type Ref } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { holdUnsaved } from './unsaved'

export const SAVE_DELAY_MS = 250

/** `failed` stays until a write succeeds, so that its words do not flicker at every key. */
export type SaveState = 'idle' | 'saving' | 'saved' | 'failed'

export interface Autosave {
  state: Readonly<Ref<SaveState>>
  /** Something changed: it is on disk at most `SAVE_DELAY_MS` later, or `state` is `failed`. */
  touch(): void
  /** Writes now what was not written. Resolves to whether everything is on disk. */
  flush(): Promise<boolean>
  /** What was typed went on its way, or is not wanted: it is not written, nor is a write that fails meanwhile told. */
  settle(): void
}

const succeeds = (work: () => Promise<unknown>): Promise<boolean> =>
  work().then(
    () => true,
    () => false,
  )

/** `write` stores what is on the screen at that moment. Writes are in order; one that failed goes with the next. */
export function createAutosave(write: () => Promise<unknown>): Autosave {
  const state = ref<SaveState>('idle')
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> = Promise.resolve()
  let isUnwritten = false
  let round = 0

  async function save(): Promise<void> {
    if (!isUnwritten) return
    isUnwritten = false
    const mine = round
    const isWritten = await succeeds(write)
    if (mine !== round) return // it was settled meanwhile
    if (!isWritten) isUnwritten = true
    if (!isWritten || !isUnwritten) state.value = isWritten ? 'saved' : 'failed'
  }

  async function flush(): Promise<boolean> {
    clearTimeout(timer)
    timer = undefined
    await (writing = writing.then(save))
    return !isUnwritten
  }

  function touch(): void {
    isUnwritten = true
    if (state.value !== 'failed') state.value = 'saving'
    timer ??= setTimeout(() => void flush(), SAVE_DELAY_MS)
  }

  function settle(): void {
    clearTimeout(timer)
    timer = undefined
    isUnwritten = false
    round += 1
    state.value = 'idle'
  }

  return { state: readonly(state), touch, flush, settle }
}

/** The same for a screen: also writes when the page hides, closes or goes away, and when its database does. */
export function useAutosave(write: () => Promise<unknown>): Autosave {
  const autosave = createAutosave(write)
  const hide = () => void autosave.flush()
  const release = holdUnsaved(autosave.flush)
  addEventListener('pagehide', hide)
  document.addEventListener('visibilitychange', hide)
  onScopeDispose(() => {
    hide()
    release()
    removeEventListener('pagehide', hide)
    document.removeEventListener('visibilitychange', hide)
  })
  return autosave
}

/**
 * Leaves the page with everything stored. What cannot be stored keeps the person here once, at the words of
 * `SaveTrouble`. Returns the guard, for pages whose steps are addresses of one route.
 */
export function useSafeLeaving({ flush }: Pick<Autosave, 'flush'>): () => Promise<boolean> {
  let isGone = false
  let hasBeenWarned = false
  const stay = async () => {
    if ((await flush()) || hasBeenWarned || isGone) return true
    hasBeenWarned = true
    document.getElementById('save-failed')?.scrollIntoView({ block: 'center' })
    return false
  }
  onBeforeRouteLeave(stay)
  onScopeDispose(() => (isGone = true))
  return stay
}
