/** The answers of a form and their autosave. */
import { shallowReadonly, shallowRef } from 'vue'
import { useAutosave } from '@/data/useAutosave'

/** `save` stores all answers; `change(patch)` replaces some of them and schedules a save. */
export function useAnswers<A extends object>(initial: A, save: (answers: A) => Promise<void>) {
  const answers = shallowRef(initial)
  const { state, touch, flush, settle } = useAutosave(() => save(answers.value))
  let isClosed = false

  function change(patch: Partial<A>): void {
    answers.value = { ...answers.value, ...patch }
    if (!isClosed) touch()
  }
  /** Ends the autosave after sending, so that no late save restores the draft. */
  function close(): void {
    isClosed = true
    settle()
  }
  return { answers: shallowReadonly(answers), state, change, flush, close }
}
