/**
 * Tables for the peers on the same Postgres, served in the part of PostgREST's dialect that supabase-js uses
 * for `insert`, `upsert`, `update` and `select` (the embedded backend serves functions only). Without rules,
 * rights and receipts: the peers have less to do than the app.
 */
import pg from 'pg'
import { json, type Answer, type Ask } from './ask'

const name = pg.escapeIdentifier

/**
 * Creates a table as rxdb.info/replication-supabase describes: soft deletes, and a modification time set by a
 * trigger.
 */
export const createTable = (pool: pg.Pool, table: string, columns: string): Promise<unknown> =>
  pool.query(`
    create schema if not exists bench;
    create table bench.${name(table)} (${columns}, "_deleted" boolean default false not null,
      "_modified" timestamptz default now() not null);
    create index on bench.${name(table)} ("_modified", id);
    create or replace function bench.modified() returns trigger language plpgsql as
      $$ begin new._modified := now(); return new; end $$;
    create trigger update_modified before update on bench.${name(table)} for each row execute function bench.modified()`)

/** The numbered parameters of one statement. */
class Values {
  readonly all: unknown[] = []
  add(value: unknown): string {
    return `$${this.all.push(value)}`
  }
}

const OPERATORS: Record<string, string> = { eq: '=', gt: '>', gte: '>=', lt: '<', neq: '<>' }

function splitTop(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at <= text.length; at += 1) {
    if (text[at] === '(') depth += 1
    if (text[at] === ')') depth -= 1
    if (at === text.length || (text[at] === ',' && depth === 0)) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return parts
}

/** Parses `"col".gt.value`, or `and(…,…)`. */
function condition(term: string, values: Values): string {
  const group = /^(and|or)\((.*)\)$/su.exec(term)
  if (group)
    return `(${splitTop(group[2]!)
      .map((one) => condition(one, values))
      .join(` ${group[1]} `)})`
  const [, column, operator, value] = /^"?([^".]+)"?\.(\w+)\.(.*)$/su.exec(term) ?? []
  return comparison(column!, operator!, value!, values)
}

function comparison(column: string, operator: string, value: string, values: Values): string {
  if (operator === 'is') return `${name(column)} is ${/^(null|true|false)$/u.test(value) ? value : 'null'}`
  return `${name(column)} ${OPERATORS[operator]!} ${values.add(value)}`
}

const RESERVED = ['select', 'order', 'limit', 'columns', 'on_conflict', 'apikey']

function where(query: URLSearchParams, values: Values): string {
  const terms = [...query].flatMap(([key, value]) => {
    if (RESERVED.includes(key)) return []
    if (key === 'or') return [condition(`or${value}`, values)]
    const [, operator, rest] = /^(\w+)\.(.*)$/su.exec(value) ?? []
    return [comparison(key, operator!, rest!, values)]
  })
  return terms.length > 0 ? `where ${terms.join(' and ')}` : ''
}

function ordered(query: URLSearchParams): string {
  const keys = (query.get('order') ?? '').split(',').filter(Boolean)
  const order = keys.map((key) => `${name(key.split('.')[0]!)} ${key.endsWith('.desc') ? 'desc' : 'asc'}`)
  const limit = query.get('limit')
  return `${order.length > 0 ? `order by ${order.join(', ')}` : ''} ${limit ? `limit ${Number(limit)}` : ''}`
}

interface Statement {
  sql: string
  values: unknown[]
  status: number
}

function insertion(table: string, body: unknown, merges: boolean): Statement {
  const rows = (Array.isArray(body) ? body : [body]) as Record<string, unknown>[]
  const columns = Object.keys(rows[0] ?? {}).map((key) => name(key))
  const set = columns.map((column) => `${column} = excluded.${column}`).join(', ')
  return {
    sql: `insert into ${table} (${columns.join(', ')}) select ${columns.join(', ')}
      from jsonb_populate_recordset(null::${table}, $1) ${merges ? `on conflict (id) do update set ${set}` : ''} returning *`,
    values: [JSON.stringify(rows)],
    status: 201,
  }
}

function change(table: string, body: Record<string, unknown>, query: URLSearchParams): Statement {
  const values = new Values()
  const record = values.add(JSON.stringify([body]))
  const columns = Object.keys(body).map((key) => `${name(key)} = given.${name(key)}`)
  const filter = where(query, values).replaceAll(/"(\w+)" (=|is)/gu, 't."$1" $2')
  return {
    sql: `update ${table} t set ${columns.join(', ')} from jsonb_populate_recordset(null::${table}, ${record}) given
      ${filter} returning t.*`,
    values: values.all,
    status: 200,
  }
}

function statementOf(
  method: string,
  table: string,
  query: URLSearchParams,
  body: Buffer,
  prefer: string,
): Statement {
  if (method === 'GET') {
    const values = new Values()
    const filter = where(query, values)
    return { sql: `select * from ${table} ${filter} ${ordered(query)}`, values: values.all, status: 200 }
  }
  const given = JSON.parse(body.toString()) as Record<string, unknown>
  return method === 'PATCH'
    ? change(table, given, query)
    : insertion(table, given, prefer.includes('resolution=merge-duplicates'))
}

/** Answers requests for `/rest/v1/<table>`. */
export function askTables(pool: pg.Pool): Ask {
  return async ({ method, url, headers, body }): Promise<Answer> => {
    const { pathname, searchParams } = new URL(url, 'http://x')
    const table = `bench.${name(pathname.split('/').at(-1)!)}`
    const prefer = String(headers['prefer'] ?? '')
    const { sql, values, status } = statementOf(method, table, searchParams, body, prefer)
    try {
      const { rows } = await pool.query<{ all: string }>(
        `with found as (${sql}) select coalesce(json_agg(f), '[]')::text as all from found f`,
        values,
      )
      const isWanted = method === 'GET' || prefer.includes('return=representation')
      const answer = Buffer.from(isWanted ? rows[0]!.all : '')
      const type = { 'content-type': 'application/json; charset=utf-8' }
      return { status: isWanted || status === 201 ? status : 204, headers: type, body: answer }
    } catch (error) {
      const { code, message } = error as pg.DatabaseError
      return json(code === '23505' ? 409 : 400, { code, message, details: null, hint: null })
    }
  }
}
