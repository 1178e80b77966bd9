/** A form about the member's account: its errors, and one call at a time. */
import { ref } from 'vue'
import { attemptsOf } from '../attempt'
import { accountFault } from './accountWords'

export interface FormError {
  /** The id of the field; empty when the error belongs to none. */
  field: string
  message: string
}

export function useAccountForm() {
  const errors = ref<FormError[]>([])
  const isBusy = ref(false)

  /** Calls `act` unless `found` has errors. Answers whether it succeeded; its fault stands at `field`. */
  async function send(found: FormError[], field: string, act: () => Promise<unknown>): Promise<boolean> {
    if (isBusy.value) return false
    errors.value = found
    if (found.length > 0) return false
    let isDone = false
    const attempt = attemptsOf({ isBusy, problem: errors }, (error) => [
      { field, message: accountFault(error) },
    ])
    await attempt(async () => {
      await act()
      isDone = true
    })
    return isDone
  }
  const errorOf = (field: string) => errors.value.find((error) => error.field === field)?.message
  return { errors, isBusy, send, errorOf }
}
