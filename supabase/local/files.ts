/** Runs the function verify-files: its jobs by SQL, its objects over this backend's own address. */
import type pg from 'pg'
import { createHandler, type FileJob } from '../functions/verify-files/handler'
import { objectsAt } from '../functions/verify-media/objects'
import { json } from './http'
import { SECRET_KEY } from './keys'
import { asService } from './service'

/** `address` is where this backend answers. While it is null no job is taken. */
export function createVerifyFiles(
  pool: pg.Pool,
  address: () => string | null,
): (request: Request) => Promise<Response> {
  const take = (limit: number) =>
    asService<FileJob[]>(pool, 'select public.take_file_jobs($1) as result', [limit])
  return async (request) => {
    const url = address()
    if (url === null) return json(503, { message: 'Nobody can reach this backend yet' })
    const handle = createHandler({
      secretKey: SECRET_KEY,
      takeJobs: async (limit) => (address() === null ? [] : ((await take(limit)) ?? [])),
      settleJob: async ({ id, work }, found, error) => {
        await asService(pool, 'select public.settle_file_job($1, $2, $3, $4)::text as result', [
          id,
          work,
          found,
          error,
        ])
      },
      objects: objectsAt(url, SECRET_KEY),
    })
    return await handle(request)
  }
}
