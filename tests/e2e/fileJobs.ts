/** The work on files of insumos. */
import { SECRET_KEY } from '../../supabase/local/keys'

/** Runs it now; the backend does so every few seconds. */
export async function runFileJobs(origin: string): Promise<void> {
  const response = await fetch(`${origin}/functions/v1/verify-files`, {
    method: 'POST',
    headers: { apikey: SECRET_KEY },
  })
  if (!response.ok) throw new Error(`verify-files: ${response.status}`)
}
