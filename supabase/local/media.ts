/** The function verify-media in this process. */
import type pg from 'pg'
import { createHandler } from '../functions/verify-media/handler'
import type { MediaJob } from '../functions/verify-media/job'
import type { SecretKeys } from './keys'
import { inProcess } from './objectJobs'
import { asService } from './service'

export const createVerifyMedia = (pool: pg.Pool, keys: SecretKeys, address: () => string | null) =>
  inProcess(createHandler, keys, address, {
    takeJobs: async (limit) =>
      (await asService<MediaJob[]>(pool, 'select public.take_media_jobs($1) as result', [limit])) ?? [],
    settleJob: async ({ id }, found, error) => {
      const settle = 'select public.settle_media_job($1, $2, $3)::text as result'
      await asService(pool, settle, [id, found, error])
    },
  })
