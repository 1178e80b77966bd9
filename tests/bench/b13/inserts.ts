/** The plain contenders: the rows that `apply_ops` leaves, inserted without any check. */
import type pg from 'pg'

/** Receives the body of one call. */
export type Way = (client: pg.PoolClient, body: string) => Promise<unknown>

/** Inserts with a function of `PLAIN_SQL`. */
export const plain =
  (fn: string): Way =>
  (client, body) =>
    client.query(`select bench.${fn}($1::jsonb)`, [body])

/** The inserts of one op. `o` is the op and `p` its payload: a record in the loop, a row in the set. */
const INSERTS = (from: string) => [
  `app.submissions (id, convocatoria_id, kind, folio, captured_at, late)
    select (o ->> 'entity_id')::uuid, (p ->> 'convocatoria_id')::uuid, 'propuestas', o ->> 'op_id',
      (o ->> 'captured_at')::timestamptz, false ${from}`,
  `app.access_secrets (submission_id, secret_hash)
    select (o ->> 'entity_id')::uuid, encode(sha256((o ->> 'secret')::bytea), 'hex') ${from}`,
  `app.contacts (submission_id, display_name, email)
    select (o ->> 'entity_id')::uuid, p ->> 'display_name', p ->> 'email' ${from}`,
  `app.consents (submission_id, key, notice_id, notice_hash, granted, locale, consented_at)
    select (o ->> 'entity_id')::uuid, g ->> 'key', (p ->> 'notice_id')::uuid, p ->> 'notice_hash',
      (g ->> 'granted')::boolean, p ->> 'locale', (p ->> 'consented_at')::timestamptz
    ${from} cross join lateral jsonb_array_elements(p -> 'consents') g`,
  `app.review_events (submission_id, source, kind, to_state)
    select (o ->> 'entity_id')::uuid, 'author', 'received', 'received' ${from}`,
  `app.propuestas (submission_id, body, sector, municipality)
    select (o ->> 'entity_id')::uuid, p ->> 'body', p ->> 'sector', p ->> 'municipality' ${from}`,
  `app.submission_search (submission_id, arrival, words)
    select (o ->> 'entity_id')::uuid, 0, to_tsvector('spanish', p ->> 'body') ${from}`,
  `app.state_counts (convocatoria_id, state, n)
    select (p ->> 'convocatoria_id')::uuid, 'received', 1 ${from}`,
  `app.op_receipts (op_id, payload_hash, verdict)
    select (o ->> 'op_id')::uuid, encode(sha256(p::text::bytea), 'hex'), jsonb_build_object('status', 'applied',
      'kind', o -> 'kind', 'entity_id', o -> 'entity_id', 'part_id', null, 'xid', pg_current_xact_id()::text) ${from}`,
  `app.change_log (scope, entity, id, op)
    select replace(l.scope, '%id%', o ->> 'entity_id'), l.entity, replace(l.id, '%id%', o ->> 'entity_id'), l.op
    ${from} cross join bench.log_shape l`,
]

const FROM_CLIENT = "from (select $1::jsonb as o, $1::jsonb -> 'payload' as p) one"

/** Inserts as an API without functions does: one prepared statement a row, one transaction a batch. */
export const statements: Way = async (client, body) => {
  const { ops } = JSON.parse(body) as { ops: object[] }
  await client.query('begin')
  for (const op of ops) {
    const values = [JSON.stringify(op)]
    for (const [index, text] of INSERTS(FROM_CLIENT).entries()) {
      await client.query({ name: `insert_${index}`, text: `insert into ${text}`, values })
    }
  }
  await client.query('commit')
}

const ONE = `from (select v_op as o, v_op -> 'payload' as p) one`
const SET = `from (select e.value as o, e.value -> 'payload' as p from jsonb_array_elements(p_body -> 'ops') e) one`

/** Disables the app's triggers; the inserts write what the triggers would. Keys and checks stay. */
export const PLAIN_SQL = `
  create schema bench;
  create table bench.log_shape (scope text, entity text, id text, op text);
  do $$ declare t regclass; begin
    for t in select oid from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r' loop
      execute format('alter table %s disable trigger user', t);
    end loop;
  end $$;
  create function bench.insert_rows(p_body jsonb) returns void language plpgsql as $$
  declare v_op jsonb; begin
    for v_op in select e.value from jsonb_array_elements(p_body -> 'ops') e loop
      ${INSERTS(ONE)
        .map((sql) => `insert into ${sql};`)
        .join('\n')}
    end loop;
  end $$;
  create function bench.insert_set(p_body jsonb) returns void language plpgsql as $$
  begin ${INSERTS(SET)
    .map((sql) => `insert into ${sql};`)
    .join('\n')} end $$;`
