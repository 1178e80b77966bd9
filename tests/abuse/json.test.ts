/** JSON made to break a parser, to every function of the database, every Edge Function, sign-in and storage. */
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { DEMO_LOGINS } from '../../supabase/local/keys'
import { readMigrations } from '../../supabase/local/migrate'
import { SUPABASE_FOLDER } from '../../supabase/local/database'
import { call, signedIn, validOp, anonymous } from '../contract/clients'
import { attack } from './attack'

const EDGE = readdirSync(`${SUPABASE_FOLDER}/functions`).filter((name) => !name.startsWith('_'))
const LEVELS = 10_000
const NUMBERS = Array.from({ length: 20_000 }, () => '1e131071').join(',')
const HOSTILE: Record<string, string> = {
  arrays: '['.repeat(LEVELS) + ']'.repeat(LEVELS),
  objects: '{"a":'.repeat(LEVELS) + '1' + '}'.repeat(LEVELS),
  NUL: String.raw`"a\u0000b"`,
  'NUL in a key': String.raw`{"a\u0000":"b"}`,
  'half a surrogate pair': String.raw`"\ud800"`,
  'a number beyond every type': '1e999999',
  'numbers of 131,072 digits': `[${NUMBERS}]`,
  'the same inside': `{"scope":[${NUMBERS}],"title":[${NUMBERS}]}`,
  '900,000 letters': `"${'a'.repeat(900_000)}"`,
  'a boolean': 'true',
  null: 'null',
  'an empty list': '[]',
  'a list of null': '[null]',
  'keys twice': '{"ops":[],"ops":1,"__proto__":{"a":1}}',
  infinity: '"infinity"',
}

/** The functions of `public` and the names of their parameters, as the migrations declare them. */
function functions(): [name: string, parameters: string[]][] {
  const sql = readMigrations(`${SUPABASE_FOLDER}/migrations`)
    .map(({ sql }) => sql)
    .join('\n')
  return [...sql.matchAll(/create function public\.(\w+)\(([^)]*)\)/gu)].map(([, name, list]) => [
    name!,
    list!.split(',').flatMap((one) => /^\s*(p_\w+|pulls)\b/u.exec(one)?.[1] ?? []),
  ])
}

/** Whether the answer is no fault of the server and quotes nothing of it. */
async function isCalm(response: Response): Promise<boolean> {
  const text = await response.text()
  return (
    response.status < 500 &&
    !/select |insert |pg_|stack depth|\.sql|at \/|CONTEXT/u.test(text.slice(0, 2_000))
  )
}

/** Runs the works, four at a time. */
async function inLanes(works: (() => Promise<void>)[]): Promise<void> {
  const lane = async () => {
    for (let work = works.shift(); work; work = works.shift()) await work()
  }
  await Promise.all([lane(), lane(), lane(), lane()])
}

attack('hostile JSON to every function of the database', async (tries) => {
  const client = await signedIn(DEMO_LOGINS['campañas y jornadas'])
  const { data } = await client.auth.getSession()
  const bearer = { authorization: `Bearer ${data.session!.access_token}` }
  const works = functions().flatMap(([name, parameters]) =>
    [...parameters, null].flatMap((parameter) =>
      Object.entries(HOSTILE).flatMap(([what, json]) =>
        [{}, bearer].map((headers) => async () => {
          const others = parameters.filter((one) => one !== parameter).map((one) => `"${one}":null,`)
          const body = parameter === null ? json : `{${others.join('')}"${parameter}":${json}}`
          const response = await call(`/rest/v1/rpc/${name}`, { method: 'POST', headers, body })
          tries.try(`${name}(${parameter ?? 'body'}: ${what}) ${response.status}`, await isCalm(response))
        }),
      ),
    ),
  )
  await inLanes(works)
})

attack('hostile JSON in each field of an op', async (tries) => {
  const kinds = ['propuesta.submit', 'video.submit', 'registration.submit', 'review.decide', 'door.check_in']
  const { payload } = await validOp(anonymous())
  const fields = [...Object.keys(payload as object), 'at', 'code', 'jornada_id', 'media', 'decision', 'email']
  const works = kinds.flatMap((kind) =>
    fields.flatMap((field) =>
      Object.entries(HOSTILE).map(([what, json]) => async () => {
        const op = { op_id: randomUUID(), v: 1, kind, entity_id: randomUUID(), secret: 'A'.repeat(22) }
        const rest = JSON.stringify({ ...op, captured_at: '2026-11-29T00:00:00Z' }).slice(0, -1)
        const inside = JSON.stringify({ ...(payload as object), [field]: 'HERE' }).replace(
          '"HERE"',
          () => json,
        )
        const body = `{"ops":[${rest},"payload":${inside}}]}`
        const response = await call('/rest/v1/rpc/apply_ops', { method: 'POST', body })
        const text = await response.clone().text()
        const isSettled = response.status >= 400 || /"status": "refused"|"status": "applied"/u.test(text)
        tries.try(`${kind} ${field}: ${what} ${response.status}`, isSettled && (await isCalm(response)))
      }),
    ),
  )
  await inLanes(works)
})

attack('hostile JSON to Edge Functions, sign-in and storage', async (tries) => {
  const paths = [
    ...EDGE.map((name) => `/functions/v1/${name}`),
    ...[
      'token?grant_type=password',
      'token?grant_type=refresh_token',
      'recover',
      'verify',
      'signup',
      'admin/users',
    ].map((name) => `/auth/v1/${name}`),
    ...[
      'sign/videos-intake/a',
      'list/videos-intake',
      'copy',
      'videos-intake/a',
      'upload/sign/videos-intake/a',
    ].map((name) => `/storage/v1/object/${name}`),
  ]
  const fields = [
    'token',
    'password',
    'email',
    'bucket',
    'name',
    'document',
    'id',
    'expiresIn',
    'prefix',
    'refresh_token',
  ]
  const works = paths.flatMap((path) =>
    Object.entries(HOSTILE).flatMap(([what, json]) =>
      [
        json,
        `{${fields.map((field) => `"${field}":${json.length > 1_000 ? '"x"' : json}`).join(',')},"type":${json}}`,
      ].map((body) => async () => {
        const response = await call(path, { method: 'POST', body })
        tries.try(`${path}: ${what} ${response.status}`, await isCalm(response))
      }),
    ),
  )
  await inLanes(works)
})
