/** Copying text with an answer for the person: done, or how to do it by hand. */
import { ref } from 'vue'

export type CopyState = 'idle' | 'copied' | 'failed'

/** `copy` never throws: browsers refuse without a secure context or a tap. */
export function useCopied(clipboard: Pick<Clipboard, 'writeText'> | undefined = navigator.clipboard) {
  const state = ref<CopyState>('idle')
  async function copy(text: string): Promise<void> {
    try {
      if (!clipboard) throw new Error('no clipboard')
      await clipboard.writeText(text)
      state.value = 'copied'
    } catch {
      state.value = 'failed'
    }
  }
  return { state, copy }
}
