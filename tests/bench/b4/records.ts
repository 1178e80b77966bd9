/** The peers' tables on the real Postgres, with a log of the real changes in them. */
import type pg from 'pg'
import { createTable } from '../support/table'

/**
 * `records` follows RxDB's documentation. `records_keyed` is for TanStack and Workbox, with the phone's id as
 * key. `records_plain` follows Workbox's examples: one row a request.
 */
export async function createRecords(database: pg.Pool): Promise<void> {
  await createTable(database, 'records', 'id text primary key, rev int')
  await createTable(database, 'records_keyed', 'id text primary key, rev int')
  await createTable(database, 'records_plain', 'number bigint generated always as identity, id text, rev int')
  await database.query(`
    create table bench.effects (seq bigint generated always as identity, id text, rev int);
    create function bench.log_effect() returns trigger language plpgsql as $$
      begin insert into bench.effects (id, rev) values (new.id, new.rev); return null; end $$`)
  for (const table of ['records', 'records_keyed', 'records_plain']) {
    await database.query(`
      create trigger log_insert after insert on bench.${table} for each row execute function bench.log_effect();
      create trigger log_update after update on bench.${table} for each row
        when (old.rev is distinct from new.rev) execute function bench.log_effect()`)
  }
}

/** The effects on one record, in order, and its current state. */
export interface Found {
  effects: number[]
  rev: number
  /** The number of rows, which should be one. */
  rows: number
}

const TABLE_OF: Record<string, string> = {
  rxdb: 'records',
  tanstack: 'records_keyed',
  workbox: 'records_plain',
  workbox_keyed: 'records_keyed',
}
const OF_EVENT = `case e.kind when 'received' then 1 when 'withdrawn' then 2 else 3 end`

/**
 * The effects and the state of each record. The app's effects are its events: received, withdrawn, withdrawal
 * undone.
 */
export async function findRecords(
  database: pg.Pool,
  name: string,
  ids: string[],
): Promise<Map<string, Found>> {
  const table = TABLE_OF[name]
  const { rows } = await database.query<Found & { id: string }>(
    table
      ? `select i.id, (select max(r.rev) from bench.${table} r where r.id = i.id)::int as rev,
           (select count(*) from bench.${table} r where r.id = i.id)::int as rows,
           array(select e.rev from bench.effects e where e.id = i.id order by e.seq) as effects
         from unnest($1::text[]) i(id)`
      : `select i.id, s.version as rev, (s.id is not null)::int as rows,
           array(select ${OF_EVENT} from app.review_events e where e.submission_id = i.id order by e.seq) as effects
         from unnest($1::uuid[]) i(id) left join app.submissions s on s.id = i.id`,
    [ids],
  )
  return new Map(rows.map(({ id, ...found }) => [id, { ...found, rev: found.rev ?? 0 }]))
}
