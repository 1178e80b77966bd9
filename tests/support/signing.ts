import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import { TEST_KEYS } from './keys'

/** Signs passes, constancias and the list that are due; a schedule does so every minute. */
export async function signDue(origin: string): Promise<void> {
  const headers = secretHeader(TEST_KEYS.jobsSecret)
  const { status } = await fetch(`${origin}/functions/v1/sign`, { method: 'POST', headers })
  if (status !== 200) throw new Error(`sign answered ${status}`)
}
