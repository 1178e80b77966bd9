/** Runs the function verify-media: its jobs by SQL, its objects over this backend's own address. */
import type pg from 'pg'
import { createHandler, type MediaJob } from '../functions/verify-media/handler'
import { objectsAt } from '../functions/verify-media/objects'
import { json } from './http'
import { SECRET_KEY } from './keys'
import { asService } from './service'

/** `address` is where this backend answers. While it is null no job is taken. */
export function createVerifyMedia(
  pool: pg.Pool,
  address: () => string | null,
): (request: Request) => Promise<Response> {
  const take = (limit: number) =>
    asService<MediaJob[]>(pool, 'select public.take_media_jobs($1) as result', [limit])
  return async (request) => {
    const url = address()
    if (url === null) return json(503, { message: 'Nobody can reach this backend yet' })
    const handle = createHandler({
      secretKey: SECRET_KEY,
      takeJobs: async (limit) => (address() === null ? [] : ((await take(limit)) ?? [])),
      settleJob: async (id, found, error) => {
        await asService(pool, 'select public.settle_media_job($1, $2, $3)::text as result', [
          id,
          found,
          error,
        ])
      },
      objects: objectsAt(url, SECRET_KEY),
    })
    return await handle(request)
  }
}
