import pg from 'pg'

/**
 * Connections that Postgres may end at any time, idle or in the middle of a call: that call fails, the pool
 * opens another one, and the process goes on.
 */
export function openPool(connectionString: string, max: number, say: (line: string) => void): pg.Pool {
  const pool = new pg.Pool({ connectionString, max })
  pool.on('error', (error) => pool.ending || say(`Postgres: ${error.message}`))
  pool.on('connect', (client) => client.on('error', () => undefined)) // told by the query that failed
  return pool
}
