/** The function verify-files in this process. */
import type pg from 'pg'
import { createHandler, type FileJob } from '../functions/verify-files/handler'
import type { SecretKeys } from './keys'
import { inProcess } from './objectJobs'
import { asService } from './service'

export const createVerifyFiles = (pool: pg.Pool, keys: SecretKeys, address: () => string | null) =>
  inProcess(createHandler, keys, address, {
    takeJobs: async (limit) =>
      (await asService<FileJob[]>(pool, 'select public.take_file_jobs($1) as result', [limit])) ?? [],
    settleJob: async ({ id, work }, found, error) => {
      const settle = 'select public.settle_file_job($1, $2, $3, $4)::text as result'
      await asService(pool, settle, [id, work, found, error])
    },
  })
