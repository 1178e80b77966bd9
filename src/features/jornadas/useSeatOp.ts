/** Sends what a person does with a day of their registration: saved on this phone at once, sent when there is a signal. */
import { ref } from 'vue'
import { getItem } from '@/data/items'
import type { OpOf } from '@/domain/kinds'
import { faultText } from '@/i18n/refusals'
import { enqueue } from '@/sync/enqueue'

export function useSeatOp(submission: string) {
  const busy = ref(false)
  const problem = ref('')

  /** Resolves to whether the op is saved on this phone, in one transaction with `also` (see `enqueue`). */
  async function send(
    kind: OpOf<'jornadas'>,
    payload: { jornada_id: string; to?: string; unlinked?: object },
    also?: () => Promise<unknown>,
  ): Promise<boolean> {
    busy.value = true
    problem.value = ''
    try {
      const secret = (await getItem(submission))?.secret
      await enqueue({ kind, entity_id: submission, payload, secret }, also)
      return true
    } catch (error) {
      problem.value = faultText(error)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, send }
}
