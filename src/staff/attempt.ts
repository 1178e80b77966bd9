/** One act of a screen at a time. */
import type { Ref } from 'vue'

/**
 * Makes what runs an act unless another one runs, and puts why it failed into `problem` as `tell` says it. `problem` begins
 * as it stands when nothing is wrong.
 */
export function attemptsOf<Problem>(
  { isBusy, problem }: { isBusy: Ref<boolean>; problem: Ref<Problem> },
  tell: (error: unknown) => Problem,
): (act: () => Promise<void>) => Promise<void> {
  const none = problem.value
  return async (act) => {
    if (isBusy.value) return
    isBusy.value = true
    problem.value = none
    try {
      await act()
    } catch (error) {
      problem.value = tell(error)
    } finally {
      isBusy.value = false
    }
  }
}
