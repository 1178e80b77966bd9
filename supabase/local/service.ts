/** SQL with the rights of the service key, as the functions of `supabase/functions` call it over REST. */
import type pg from 'pg'

/** Runs `select … as result` in a transaction of its own and answers the result. */
export async function asService<T>(pool: pg.Pool, sql: string, values: unknown[]): Promise<T | undefined> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(
      "select set_config('role', 'service_role', true), set_config('request.jwt.claims', $1, true)",
      ['{"role":"service_role"}'],
    )
    const { rows } = await client.query<{ result: T }>(sql, values)
    await client.query('commit')
    return rows[0]?.result
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
