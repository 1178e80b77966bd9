/** The steps of a recovery: e-mail, code, links. The seed stays until a success, so a retry gets the same links. */
import { ref, shallowRef } from 'vue'
import { Fault } from '@/domain/fault'
import { canonicalEmail } from '@/domain/email'
import type { RecoveredLink } from '@/domain/recoveredLink'
import { keepItems } from './keepItem'
import { newSeed, readItem, recoverLinks, requestCode } from './recovery'
import { useAttempt } from '@/campaign/useAttempt'

export type RecoveryStep = 'email' | 'code' | 'found'

/** The state and commands of a recovery. `problem`: a refusal, a fault's code, `email_wrong` or `code_required`. */
export function useRecovery() {
  const step = ref<RecoveryStep>('email')
  const email = ref('')
  const code = ref('')
  const links = shallowRef<readonly RecoveredLink[]>([])
  const { busy, problem, attempt } = useAttempt()
  let seed = newSeed()

  const askCode = () =>
    attempt(async () => {
      const canonical = canonicalEmail(email.value)
      if (canonical === null) throw new Fault('email_wrong', false)
      email.value = canonical
      await requestCode(canonical)
      code.value = ''
      step.value = 'code'
    })

  const openLinks = () =>
    attempt(async () => {
      const digits = code.value.replace(/\D/gu, '')
      if (digits === '') throw new Fault('code_required', false)
      links.value = await recoverLinks(email.value, digits, seed)
      seed = newSeed()
      step.value = 'found'
    })

  /** Saves all recovered submissions on this phone. Resolves to whether they are stored. */
  const keepAll = () => attempt(async () => keepItems(await Promise.all(links.value.map(readItem))))

  function back(): void {
    step.value = 'email'
    problem.value = null
  }
  return { step, email, code, links, busy, problem, askCode, openLinks, keepAll, back }
}
