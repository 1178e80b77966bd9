/** Databases for the SQL tests: a clone for each file, and actors as PostgREST sets them. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import pg from 'pg'
import { inject } from 'vitest'
import { withClient } from '../../supabase/local/database'
import { TEMPLATE } from './postgresSetup'

export interface TestDatabase {
  /** Connections as the owner of the tables, `postgres`. */
  readonly pool: pg.Pool
  /** The address of the same database, for other logins and processes. */
  readonly url: string
  drop(): Promise<void>
}

export interface Actor {
  role: 'anon' | 'authenticated' | 'service_role'
  /** The user's id, for `auth.uid()`; also the id of the user's session (`sessions.ts`). */
  sub?: string
  /** Whether the token carries a second factor; `aal1` by default. */
  aal?: 'aal1' | 'aal2'
}

export const anon: Actor = { role: 'anon' }
export const service: Actor = { role: 'service_role' }
export const user = (sub: string): Actor => ({ role: 'authenticated', sub })

/** Creates a database with migrations and seed. Drop it in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('postgresUrl')
  const name = `convoca_${randomBytes(6).toString('hex')}`
  await withClient(server, (client) =>
    client.query(`create database ${name} template ${TEMPLATE} owner postgres`),
  )
  const url = new URL(server)
  url.pathname = `/${name}`
  const pool = new pg.Pool({ connectionString: url.href, max: 20 })
  const open = new Set<pg.PoolClient>()
  pool.on('connect', (client) => open.add(client)).on('remove', (client) => open.delete(client))
  return {
    pool,
    url: url.href,
    drop: async () => {
      await pool.end()
      // `end` resolves while connections still close; one that `drop database` ended would raise an error.
      while (open.size > 0) await once(pool, 'remove')
      await withClient(server, (client) => client.query(`drop database ${name} with (force)`))
    },
  }
}

/**
 * Runs the work in a transaction as this actor, with the claims that PostgREST would set, and commits. An error
 * rolls back and is rethrown, with its SQLSTATE in `code`.
 */
export async function asActor<T>(
  database: TestDatabase,
  actor: Actor,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    const claims = JSON.stringify({
      role: actor.role,
      ...(actor.sub && {
        sub: actor.sub,
        aud: 'authenticated',
        session_id: actor.sub,
        aal: actor.aal ?? 'aal1',
      }),
    })
    await client.query("select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)", [
      actor.role,
      claims,
    ])
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** Calls a function of `public` with named arguments as this actor and returns its value. */
export const callAs = (
  database: TestDatabase,
  actor: Actor,
  fn: string,
  args: Record<string, unknown> = {},
) =>
  asActor(database, actor, async (client) => {
    const names = Object.keys(args)
    const list = names.map((name, index) => `${pg.escapeIdentifier(name)} => $${index + 1}`).join(', ')
    const { rows } = await client.query<{ result: unknown }>(
      `select public.${pg.escapeIdentifier(fn)}(${list}) as result`,
      Object.values(args).map((value) =>
        value !== null && typeof value === 'object' ? JSON.stringify(value) : value,
      ),
    )
    return rows[0]?.result
  })
