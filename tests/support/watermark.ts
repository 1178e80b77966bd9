/** Waits until `pull_changes` can return everything that is committed. */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'

const IS_QUIET =
  'select pg_snapshot_xmin(pg_current_snapshot()) = pg_snapshot_xmax(pg_current_snapshot()) as yes'

/**
 * Waits until no transaction is writing. Postgres' own writes (autovacuum's ANALYZE) hold the watermark back
 * too.
 */
export async function untilNobodyWrites(database: Pick<pg.Pool, 'query'>): Promise<void> {
  while (!(await database.query<{ yes: boolean }>(IS_QUIET)).rows[0]!.yes) await wait(20)
}
