/** The recognitions of one campaign, and the acts of its coordination. */
import { ref } from 'vue'
import { RpcFault } from '@/data/rpc'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import { Fault } from '@/domain/fault'
import { problemText } from '@/i18n/problems'
import { attemptsOf } from '@/staff/attempt'

/** `field`: of the form; '' where the problem is of none. */
export interface Problem {
  field: string
  text: string
}

const FIELDS: Readonly<Record<string, string>> = { links: 'link-0', holder: 'whom' }
function tell(error: unknown): Problem {
  const field = (error instanceof RpcFault && error.details.field) || ''
  return { field: FIELDS[field] ?? field, text: problemText(error instanceof Fault ? error.code : 'unknown') }
}

export function useRecognitions(id: string) {
  const { value, state, run } = useLoad(() => answerOf(supabase.rpc('list_recognitions', { p_id: id })))
  const isBusy = ref(false)
  const problem = ref<Problem | null>(null)
  const attempt = attemptsOf<Problem | null>({ isBusy, problem }, tell)
  return {
    value,
    state,
    run,
    isBusy,
    problem,
    grant: (p_data: object) =>
      attempt(async () => {
        value.value = await answerOf(supabase.rpc('grant_recognition', { p_id: id, p_data }))
      }),
    revoke: (p_recognition: string, p_reason: string) =>
      attempt(async () => {
        value.value = await answerOf(
          supabase.rpc('revoke_recognition', { p_id: id, p_recognition, p_reason }),
        )
      }),
  }
}
