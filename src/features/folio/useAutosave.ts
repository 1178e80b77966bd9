/** Writes to disk soon after each change: at most `SAVE_DELAY_MS` later, at once when the page hides. */
import { onScopeDispose, readonly, shallowRef } from 'vue'

const SAVE_DELAY_MS = 250

/** `save` writes what is on the screen now. What failed is tried again with the next change. */
export function useAutosave(save: () => Promise<void>) {
  /** What the last write threw, or null. */
  const fault = shallowRef<unknown>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> = Promise.resolve()
  let isDirty = false
  let isClosed = false

  async function write(): Promise<void> {
    try {
      await save()
      fault.value = null
    } catch (error) {
      isDirty = true
      fault.value = error
    }
  }

  /** Resolves when what is on the screen is on disk, or has failed (`fault`). */
  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (isDirty && !isClosed) {
      isDirty = false
      writing = writing.then(write)
    }
    return writing
  }

  function changed(): void {
    isDirty = true
    timer ??= setTimeout(() => void flush(), SAVE_DELAY_MS)
  }

  /** After sending: nothing may bring the draft back. */
  function close(): void {
    isClosed = true
    clearTimeout(timer)
  }

  followHiding(() => void flush())
  return { fault: readonly(fault), changed, flush, close }
}

function followHiding(hide: () => void): void {
  addEventListener('pagehide', hide)
  document.addEventListener('visibilitychange', hide)
  onScopeDispose(() => {
    hide()
    removeEventListener('pagehide', hide)
    document.removeEventListener('visibilitychange', hide)
  })
}
