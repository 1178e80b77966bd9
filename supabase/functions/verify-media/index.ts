/** The entry point on Supabase, which sets SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY. */
import { serviceRpc } from '../_shared/serviceRpc.ts'
import { createHandler, type MediaJob } from './handler.ts'
import { objectsAt } from '../_shared/objects.ts'

const { url, secretKey, rpc } = serviceRpc()

Deno.serve(
  createHandler({
    secretKey,
    takeJobs: (limit) => rpc<MediaJob[]>('take_media_jobs', { p_limit: limit }),
    settleJob: ({ id }, found, error) =>
      rpc<void>('settle_media_job', { p_id: id, p_result: found, p_error: error }),
    objects: objectsAt(url, secretKey),
  }),
)
