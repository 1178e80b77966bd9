/** Copies text to the clipboard and tells the result. */
import { ref } from 'vue'

export type CopyState = 'idle' | 'copied' | 'failed'

/** `copy` never rejects. It fails without a secure context or a click of the person. */
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
