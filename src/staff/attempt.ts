/** One act of a screen at a time. */
import type { Ref } from 'vue'

/**
 * Makes what runs an act unless another one runs, and puts why it failed into `problem`, in the words of `wordsOf`.
 */
export const attemptsOf =
  (
    { isBusy, problem }: { isBusy: Ref<boolean>; problem: Ref<string> },
    wordsOf: (error: unknown) => string,
  ) =>
  async (act: () => Promise<void>): Promise<void> => {
    if (isBusy.value) return
    isBusy.value = true
    problem.value = ''
    try {
      await act()
    } catch (error) {
      problem.value = wordsOf(error)
    } finally {
      isBusy.value = false
    }
  }
