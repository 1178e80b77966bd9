/** The function open-data in this process. */
import type pg from 'pg'
import { objectsAt } from '../functions/_shared/objects'
import { createHandler, type EditionWork } from '../functions/open-data/handler'
import { json } from './http'
import type { SecretKeys } from './keys'
import { asService } from './service'

/** `address` is where this backend answers. While it is null nothing is written. */
export const createOpenData =
  (pool: pg.Pool, { secretKey, jobsSecret }: SecretKeys, address: () => string | null) =>
  async (request: Request): Promise<Response> => {
    const url = address()
    if (url === null) return json(503, { message: 'Nobody can reach this backend yet' })
    const handle = createHandler({
      callerSecret: jobsSecret,
      take: async () =>
        (await asService<EditionWork | null>(pool, 'select public.take_edition_work() as result', [])) ??
        null,
      settle: async ({ convocatoria, number, work, page }, files, error) => {
        const settle = 'select public.settle_edition_work($1, $2, $3, $4, $5, $6)::text as result'
        await asService(pool, settle, [convocatoria, number, work, page, JSON.stringify(files), error])
      },
      objects: objectsAt(url, secretKey),
    })
    return await handle(request)
  }
