/** The entry point on Supabase, which sets SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY. */
import { serviceRpc } from '../_shared/serviceRpc.ts'
import { objectsAt } from '../_shared/objects.ts'
import { createHandler, type FileJob } from './handler.ts'

const { url, secretKey, rpc } = serviceRpc()

Deno.serve(
  createHandler({
    secretKey,
    takeJobs: (limit) => rpc<FileJob[]>('take_file_jobs', { p_limit: limit }),
    settleJob: ({ id, work }, found, error) =>
      rpc<void>('settle_file_job', { p_id: id, p_work: work, p_result: found, p_error: error }),
    objects: objectsAt(url, secretKey),
  }),
)
