/** Connections to a Postgres that may end at any time, and transactions on them. */
import pg from 'pg'

/** When a connection breaks, the call on it fails, the pool opens another one, and the process goes on. */
export function openPool(connectionString: string, max: number, say: (line: string) => void): pg.Pool {
  const pool = new pg.Pool({ connectionString, max })
  pool.on('error', (error) => pool.ending || say(`Postgres: ${error.message}`))
  pool.on('connect', (client) => client.on('error', () => undefined)) // the query in progress fails with it
  return pool
}

/** Runs the work between `begin` and `end`, or rolls back and throws what it threw. */
export async function withTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  {
    begin = 'begin',
    end = 'commit',
  }: { begin?: 'begin' | 'begin read only'; end?: 'commit' | 'rollback' } = {},
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(begin)
    const result = await work(client)
    await client.query(end)
    return result
  } catch (error) {
    await client.query('rollback').catch((failed: Error) => (broken = failed))
    throw error
  } finally {
    client.release(broken) // a connection that cannot roll back is closed
  }
}
