/** SQL with the rights of the service key, as the functions of `supabase/functions` have them over REST. */
import type pg from 'pg'
import { withTransaction } from './pool'

/** Runs `select … as result` in a transaction of its own and answers the result. */
export const asService = <T>(pool: pg.Pool, sql: string, values: unknown[]): Promise<T | undefined> =>
  withTransaction(pool, async (client) => {
    await client.query(
      "select set_config('role', 'service_role', true), set_config('request.jwt.claims', $1, true)",
      ['{"role":"service_role"}'],
    )
    const { rows } = await client.query<{ result: T }>(sql, values)
    return rows[0]?.result
  })
