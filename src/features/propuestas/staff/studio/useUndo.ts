/** The last thing that was removed or replaced, and the way back. */
import { shallowRef } from 'vue'
import { focusField } from '@/staff/studio/focusField'

interface Undoable {
  words: string
  restore(): void
}

export const UNDO_ID = 'studio-undo'

export function useUndo() {
  const last = shallowRef<Undoable | null>(null)
  /** Offers the way back, with the focus on it: what was focused may be gone. */
  function offer(words: string, restore: () => void): void {
    last.value = { words, restore }
    void focusField(UNDO_ID)
  }
  function undo(): void {
    last.value?.restore()
    last.value = null
  }
  return { last, offer, undo }
}
