/** The answers of a form: saved while they are written, and followed when another tab writes them. */
import { shallowReadonly, shallowRef } from 'vue'
import type { TextForm, TextPlace } from '@/data/sharedText'
import { useSharedText } from '@/data/useSharedText'
import type { Stored } from './answers'

/**
 * `found`: what `place` had when the answers were read from it; undefined when it had nothing. `read` makes answers of
 * what another tab wrote. `change(patch)` replaces some answers and schedules a save.
 */
export function useAnswers<A extends object>(
  initial: A,
  place: TextPlace<Stored>,
  found: Stored | undefined,
  read: (stored: Stored) => A | undefined,
) {
  const answers = shallowRef(initial)
  let isClosed = false
  const form: TextForm<Stored> = {
    current: () => answers.value as Stored,
    adopt: (stored) => (answers.value = (stored && read(stored)) || answers.value),
  }
  const text = useSharedText(place, form)
  const { shared, state, touch, flush, settle } = text
  shared.open(found)

  function change(patch: Partial<A>): void {
    answers.value = { ...answers.value, ...patch }
    if (!isClosed) touch()
  }
  /** Ends the autosave after sending, so that no late save restores the draft. */
  function close(): void {
    isClosed = true
    settle()
    shared.close()
  }
  const { news } = shared
  return { answers: shallowReadonly(answers), state, news, change, flush, close, form, text }
}
