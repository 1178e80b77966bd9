/** Saves a form on this phone while the person types. Citizens' and staff's forms use it. */
import { onScopeDispose, readonly, ref, type Ref } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { holdUnsaved } from './unsaved'

export const SAVE_DELAY_MS = 250

/** `failed` stays until a write succeeds, so that its message does not flicker while the person types. */
export type SaveState = 'idle' | 'saving' | 'saved' | 'failed'

/** Reads what another tab wrote. Resolves with a function that shows it; null when there is nothing new. */
export type Look = () => Promise<(() => void) | null>

export interface Autosave {
  state: Readonly<Ref<SaveState>>
  /** Call it after every change: a write starts at most `SAVE_DELAY_MS` later. */
  touch(): void
  /** Writes unwritten changes now. Resolves with whether everything is on disk. */
  flush(): Promise<boolean>
  /** Forgets unwritten changes, because the form was sent or discarded. A running write that fails is not reported. */
  settle(): void
  /** Runs `work` when no write runs. Writes wait for it. */
  between(work: () => Promise<unknown>): Promise<unknown>
  /**
   * Runs `look` between writes and then the function that it resolves with, unless something is unwritten here: the
   * form then shows newer text than the disk.
   */
  follow(look: Look): Promise<void>
}

/** Runs works one after the other. A failed one does not stop the next. */
function createQueue() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const ended = last.then(work)
    last = ended.catch(() => undefined)
    return ended
  }
}

const succeeds = (work: () => Promise<boolean>): Promise<boolean> => work().catch(() => false)

/**
 * Creates an autosave. `write` stores the form's present state and resolves with whether it is on disk: only then is
 * the state `saved`. Writes run in order; the next repeats a failed one.
 */
export function createAutosave(write: () => Promise<boolean>): Autosave {
  const state = ref<SaveState>('idle')
  let timer: ReturnType<typeof setTimeout> | undefined
  const between = createQueue()
  let isUnwritten = false
  let round = 0

  async function save(): Promise<void> {
    if (!isUnwritten) return
    isUnwritten = false
    const mine = round
    const isWritten = await succeeds(write)
    if (mine !== round) return // `settle` was called during the write
    if (!isWritten) isUnwritten = true
    if (!isWritten || !isUnwritten) state.value = isWritten ? 'saved' : 'failed'
  }

  async function flush(): Promise<boolean> {
    clearTimeout(timer)
    timer = undefined
    await between(save)
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

  /** The round while nothing is unwritten; null otherwise. */
  const restOf = () => (isUnwritten ? null : round)
  const follow = (look: Look) => between(() => followAt(look, restOf))
  return { state: readonly(state), touch, flush, settle, between, follow }
}

async function followAt(look: Look, restOf: () => number | null): Promise<void> {
  const rest = restOf()
  if (rest === null) return
  const show = await look().catch(() => null) // the next change is looked at again
  if (rest === restOf()) show?.()
}

/** An autosave for a component. It also writes when the page is hidden or left, and before the database closes. */
export function useAutosave(write: () => Promise<boolean>): Autosave {
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
 * Writes everything before the person leaves the route. A failed write stops the first attempt and scrolls to the
 * message of `SaveTrouble`; the second attempt leaves. Returns the guard, for pages whose steps share a route.
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
