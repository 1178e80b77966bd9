/** Whom to ask about a minor's video, and a member's confirmation of it. Both need signal. */
import { ref, shallowRef } from 'vue'
import { RpcFault } from '@/data/rpc'
import { answerOf, supabase } from '@/data/staff/client'
import { Fault } from '@/domain/fault'
import type { AskedBy, GuardianContact } from '@/domain/minor'
import { problemText } from '@/i18n/problems'
import { attemptsOf } from '@/staff/attempt'

/** `field`: of the form; '' where the problem is of none. */
export interface Problem {
  field: string
  text: string
}

const tell = (error: unknown): Problem => ({
  field: (error instanceof RpcFault && error.details.field) || '',
  text: problemText(error instanceof Fault ? error.code : 'unknown'),
})

/** What the first member says: how the guardian was asked, on which day, and whether the name may be shown. */
export interface Asked {
  how: AskedBy
  on: string
  name: boolean
}

export function useMinor(id: () => string, reload: () => Promise<unknown>) {
  const isBusy = ref(false)
  const problem = ref<Problem | null>(null)
  const contact = shallowRef<GuardianContact | null>(null)
  const attempt = attemptsOf<Problem | null>({ isBusy, problem }, tell)

  const show = () =>
    attempt(async () => {
      contact.value = await answerOf(supabase.rpc('guardian_contact', { p_id: id() }))
    })
  /** `asked`: of the first member alone. */
  const confirm = (version: number, asked: Asked | null) =>
    attempt(async () => {
      const said = asked && { p_how: asked.how, p_on: asked.on, p_name: asked.name }
      await answerOf(supabase.rpc('confirm_minor', { p_id: id(), p_version: version, ...said }))
      await reload()
    })
  return { isBusy, problem, contact, show, confirm }
}
