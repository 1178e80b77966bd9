/** The work on files of insumos. */
import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import { TEST_KEYS } from '../support/keys'

/** Runs it now; the backend does so every few seconds. */
export async function runFileJobs(origin: string): Promise<void> {
  const response = await fetch(`${origin}/functions/v1/verify-files`, {
    method: 'POST',
    headers: secretHeader(TEST_KEYS.jobsSecret),
  })
  if (!response.ok) throw new Error(`verify-files: ${response.status}`)
}
