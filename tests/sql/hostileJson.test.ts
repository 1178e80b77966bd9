/** JSON that is made to break a parser: each op gets a verdict and each call an answer, and none takes gigabytes. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const LEVELS = 10_000
const ARRAYS = '['.repeat(LEVELS) + ']'.repeat(LEVELS)
const OBJECTS = '{"a":'.repeat(LEVELS) + '1' + '}'.repeat(LEVELS)
/** 200 KB that Postgres writes as 2.6 GB of text. */
const NUMBERS = `[${Array.from({ length: 20_000 }, () => '1e131071').join(',')}]`

/** Sends an op whose field has this JSON as its value, and a valid op after it. */
async function sendAfter(field: string, json: string) {
  const op = fx.op('propuesta.submit', randomUUID(), {}, { secret: fx.newSecret() })
  const text = JSON.stringify({ ...op, [field]: 'HERE' }).replace('"HERE"', () => json)
  const next = fx.op('propuesta.submit', randomUUID(), await fx.propuesta(db), { secret: fx.newSecret() })
  const [first, second] = await fx.applyBody(db, anon, `{"ops":[${text},${JSON.stringify(next)}]}`)
  expect(second).toMatchObject({ status: 'applied' })
  return first
}

test.each([
  ['10,000 arrays', ARRAYS],
  ['10,000 objects', OBJECTS],
  ['numbers of 131,072 digits', NUMBERS],
  ['numbers of 16,000 decimals', NUMBERS.replaceAll('131071', '-16000')],
  ['a number beyond every type', '1e999999'],
  ['a NUL', String.raw`"a\u0000"`],
  ['a NUL in a key', String.raw`{"a\u0000":1}`],
  ['half a surrogate pair', String.raw`{"body":"\ud800"}`],
  ['a boolean', 'true'],
])(
  'an op with %s in any of its fields is refused with a code, and the next op is applied',
  async (_, json) => {
    for (const field of ['payload', 'kind', 'secret', 'entity_id', 'v', 'captured_at', 'expected_version'])
      expect([field, await sendAfter(field, json)]).toMatchObject([field, { status: 'refused' }])
  },
  20_000,
)

test('an op of huge numbers leaves a receipt with no more than its op_id and the refusal', async () => {
  const refused = await sendAfter('payload', NUMBERS)
  expect(refused).toEqual({
    op_id: expect.any(String),
    status: 'refused',
    code: 'malformed_op',
    field: 'payload',
  })
  const { rows } = await db.pool.query('select payload_hash, verdict from app.op_receipts where op_id = $1', [
    refused!.op_id,
  ])
  expect(rows).toEqual([
    { payload_hash: null, verdict: { status: 'refused', code: 'malformed_op', field: 'payload' } },
  ])
})

test('words that look like numbers with an exponent are no huge numbers', async () => {
  const body = 'Propuesta 1e131071 con un texto suficientemente largo.'
  const op = fx.op(
    'propuesta.submit',
    '0e999999-0000-4000-8000-00000000e999',
    await fx.propuesta(db, { body }),
    {
      secret: fx.newSecret(),
    },
  )
  expect(await fx.applyOne(db, anon, op)).toMatchObject({ status: 'applied' })
})

test('every function that a page can call looks for huge numbers before anything else reads its JSON', async () => {
  const { rows } = await db.pool.query<{ name: string; body: string; parameters: string[] }>(`
    select p.proname as name, p.prosrc as body, array_agg(a.name order by a.place) as parameters
    from pg_proc p, unnest(p.proargnames, p.proargtypes::oid[]) with ordinality a (name, type, place)
    where p.pronamespace = 'public'::regnamespace and a.type = any ('{json,jsonb}'::regtype[])
      and has_function_privilege('authenticated', p.oid, 'execute')
      and p.proname <> 'apply_ops' -- judges each op alone, as the tests above show
    group by p.oid order by 1`)
  expect(rows.length).toBeGreaterThan(10)
  const harmless = (parameter: string) =>
    new RegExp(String.raw`(jsonb_typeof|pg_column_size)\(${parameter}\)`, 'gu')
  const unchecked = rows.flatMap(({ name, body, parameters }) =>
    parameters
      .filter((parameter) => {
        const code = body.replace(/'[^']*'/gu, '').replace(harmless(parameter), '')
        const check = /refuse_huge_numbers\((.+?)\);/u.exec(code)
        return (
          !check?.[1]!.includes(parameter) || code.search(new RegExp(`\\b${parameter}\\b`, 'u')) < check.index
        )
      })
      .map((parameter) => `${name}(${parameter})`),
  )
  expect(unchecked).toEqual([])
})

test.each([
  ['pull_changes', 'pulls', anon],
  ['save_section', 'p_data', fx.coordinator],
  ['preview_import', 'p_document', fx.coordinator],
  ['preview_bodies', 'p_rows', fx.coordinator],
  ['review_queue', 'p_filter', fx.moderator],
] as const)('%s refuses huge numbers wherever they are', async (fn, parameter, actor) => {
  const rest = fn === 'save_section' ? { p_id: fx.OPEN, p_section: 'textos', p_expected_version: 0 } : {}
  const wrapped = fn === 'pull_changes' ? `[{"scope":${NUMBERS}}]` : `{"a":{"b":${NUMBERS}}}`
  const asked = { ...rest, [parameter]: wrapped }
  expect(await fx.outcome(callAs(db, actor, fn, asked))).toMatch(/^PT4\d\d (malformed_op|batch_too_large)$/u)
})
