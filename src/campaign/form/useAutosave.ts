/**
 * Answers that reach the phone's storage soon after they are typed: at most `SAVE_DELAY_MS` later, at
 * once when the page hides or is left. Writes are in order; one that failed is tried again with the next.
 */
import { onScopeDispose, readonly, ref, shallowReadonly, shallowRef } from 'vue'
import { holdUnsaved } from '@/data/unsaved'

export const SAVE_DELAY_MS = 250

export type SaveState = 'idle' | 'saving' | 'saved' | 'failed'

export function createAutosave<A extends object>(initial: A, save: (answers: A) => Promise<void>) {
  const answers = shallowRef(initial)
  const state = ref<SaveState>('idle')
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> = Promise.resolve()
  let isDirty = false
  let isClosed = false

  async function write(): Promise<void> {
    try {
      await save(answers.value)
      if (!isDirty) state.value = 'saved'
    } catch {
      isDirty = true
      state.value = 'failed' // the screen says so, and offers to try again
    }
  }

  /** Resolves when what is on the screen now is stored, or has failed (`state`). */
  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (!isDirty || isClosed) return writing
    isDirty = false
    return (writing = writing.then(write))
  }

  function change(patch: Partial<A>): void {
    answers.value = { ...answers.value, ...patch }
    isDirty = true
    state.value = 'saving'
    timer ??= setTimeout(() => void flush(), SAVE_DELAY_MS)
  }

  /** After sending: nothing may bring the draft back. */
  function close(): void {
    isClosed = true
    clearTimeout(timer)
  }
  return { answers: shallowReadonly(answers), state: readonly(state), change, flush, close }
}

/** The same for a screen: also stores when the page hides, closes or goes away, and when its database does. */
export function useAutosave<A extends object>(initial: A, save: (answers: A) => Promise<void>) {
  const autosave = createAutosave(initial, save)
  const hide = () => void autosave.flush()
  const release = holdUnsaved(async () => {
    await autosave.flush()
    return autosave.state.value !== 'failed'
  })
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
