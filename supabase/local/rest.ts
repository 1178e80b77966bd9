/**
 * `/rest/v1/rpc/<function>` in PostgREST's dialect. It serves functions only, because the project exposes no table:
 * schema `app` is not exposed and `public` holds none.
 */
import pg from 'pg'
import { json } from './http'
import { withTransaction } from './pool'
import { refuseWith, restError } from './restErrors'
import { callSql, createCatalog, matching, type SqlFunction, takingBody } from './restFunctions'
import type { Caller, Tokens } from './tokens'

interface Call {
  fn: SqlFunction
  sql: string
  values: string[]
}

/** Serves calls on a pool of `authenticator`, which takes the caller's role for one transaction. */
export function createRest(pool: pg.Pool, tokens: Tokens): (request: Request) => Promise<Response> {
  const find = createCatalog(pool)
  return async (request) => {
    const caller = await tokens.identify(request)
    if (caller instanceof Response) return caller
    const url = new URL(request.url)
    const [, name] = /^\/rest\/v1\/rpc\/([^/]+)$/.exec(url.pathname) ?? []
    if (!name) return unknownTable(url.pathname)
    if (!['GET', 'HEAD', 'POST'].includes(request.method)) {
      return restError(405, 'PGRST101', `Cannot use the ${request.method} method on RPC`)
    }
    const overloads = await find(decoded(name))
    const body = request.method === 'POST' ? await request.text() : null
    if (body !== null && isTooDeep(body)) return restError(400, 'PGRST102', 'Empty or invalid json')
    const call = body === null ? byQuery(name, overloads, url) : byBody(name, overloads, body)
    if (call instanceof Response) return call
    const readOnly = request.method !== 'POST' || !call.fn.isVolatile
    try {
      return answer(call.fn, await run(pool, caller, call, readOnly, headersOf(request)))
    } catch (error) {
      if (error instanceof pg.DatabaseError) return refuseWith(error, caller.role)
      throw error
    }
  }
}

function byBody(name: string, overloads: SqlFunction[], body: string): Call | Response {
  const args = parseJson(body || '{}')
  const isRecord = typeof args === 'object' && args !== null && !Array.isArray(args)
  const names = isRecord ? Object.keys(args) : []
  const fn = isRecord ? matching(overloads, names) : undefined
  if (fn) return { fn, sql: callSql(fn, names, 'json'), values: names.length ? [body] : [] }
  const whole = takingBody(overloads)
  if (whole) return { fn: whole, sql: callSql(whole, [], 'body'), values: [body] }
  if (args === undefined) return restError(400, 'PGRST102', 'Empty or invalid json')
  return unknownFunction(name, names)
}

function byQuery(name: string, overloads: SqlFunction[], url: URL): Call | Response {
  const names = [...url.searchParams.keys()].filter((key) => key !== 'apikey')
  const fn = matching(overloads, names)
  if (!fn) return unknownFunction(name, names)
  const values = fn.parameters.flatMap((parameter) => url.searchParams.get(parameter.name) ?? [])
  return { fn, sql: callSql(fn, names, 'texts'), values }
}

/** Takes the role for this transaction, with its `statement_timeout`, as PostgREST does. */
const ASSUME = `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
  set_config('request.headers', $3, true),
  (select set_config(split_part(s, '=', 1), split_part(s, '=', 2), true)
   from pg_roles, unnest(rolconfig) s where rolname = $1 and s like 'statement_timeout=%')`

/** The request's headers as functions read them (PostgREST, «request.headers»). */
const headersOf = (request: Request) => JSON.stringify(Object.fromEntries(request.headers))

/** A function may choose the status of its answer and still commit (PostgREST, «response.status»). */
const STATUS = `select nullif(current_setting('response.status', true), '') as status`

interface Outcome {
  result: string | null
  status: number
}

async function run(
  pool: pg.Pool,
  caller: Caller,
  { sql, values }: Call,
  readOnly: boolean,
  headers: string,
): Promise<Outcome> {
  return await withTransaction(
    pool,
    async (client) => {
      await client.query(ASSUME, [caller.role, JSON.stringify(caller.claims), headers])
      const { rows } = await client.query<{ result: string | null }>(sql, values)
      const { rows: asked } = await client.query<{ status: string | null }>(STATUS)
      return { result: rows[0]?.result ?? null, status: Number(asked[0]?.status ?? 200) }
    },
    { begin: readOnly ? 'begin read only' : 'begin' },
  )
}

const answer = (fn: SqlFunction, { result, status }: Outcome): Response =>
  fn.returns === 'void'
    ? new Response(null, { status: 204 })
    : new Response(result, { status, headers: { 'content-type': 'application/json; charset=utf-8' } })

/** A name with a broken percent escape is what it is, and no function has it. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** Levels of nesting beyond every call of ours. Postgres fails on tens of thousands, and at ten with a typed array. */
const DEEPEST = 500

/** Whether brackets outside of strings nest deeper than that. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let isInString = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === '"') isInString = !isInString
    else if (isInString) at += character === '\\' ? 1 : 0
    else if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
    if (depth > DEEPEST) return true
  }
  return false
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unknownFunction(name: string, names: string[]): Response {
  const wanted = names.length ? `with parameters ${names.join(', ')}` : 'without parameters'
  return json(404, {
    code: 'PGRST202',
    details: `Searched for the function public.${name} ${wanted}, but no matches were found in the schema cache.`,
    hint: null,
    message: `Could not find the function public.${name}${names.length ? `(${names.join(', ')})` : ' without parameters'} in the schema cache`,
  })
}

const unknownTable = (pathname: string) =>
  restError(
    404,
    'PGRST205',
    `Could not find the table 'public.${pathname.split('/')[3] ?? ''}' in the schema cache`,
  )
