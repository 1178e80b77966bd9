/** One person registers several of the same body, and sees and changes theirs by one private link. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
let body: string
beforeAll(async () => {
  db = await createTestDatabase()
  body = await jx.addBody(db)
})
beforeEach(() => jx.beginWithTwoDays(db))
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const person = (display_name: string, change: object = {}) => ({
  display_name,
  post: 'Analista',
  email: `${randomUUID()}@edomex.example`,
  ...change,
})
const group = (names: string[], change: object = {}) =>
  jx.register(db, { body_id: body, colleagues: names.map((name) => person(name)), ...change })
const membersOf = async (head: jx.Registered) => (await jx.contentOf(db, head)).group ?? []
const line = async () =>
  (
    await db.pool.query<{ words: string }>(
      `select concat_ws(' ', split_part(c.display_name, ' ', 1), s.status) as words from app.seats s
       join app.contacts c on c.submission_id = s.submission_id where s.jornada_id = $1
       order by (s.status = 'cancelled'), s.position`,
      [jx.DAY],
    )
  ).rows.map(({ words }) => words)
const ask = (fn: string, head: jx.Registered, args: object, p_secret = head.secret) =>
  callAs(db, anon, fn, { p_folio: head.row.folio, p_secret, ...args }).then(
    () => 'done',
    (error: Error) => error.message,
  )

test('everybody gets a folio, a place in the order of the form, a term and a letter', async () => {
  const head = await group(['Berta Ruiz', 'Carla Soto'])
  expect(await line()).toEqual(['Ana confirmed', 'Berta confirmed', 'Carla waiting'])
  const members = await membersOf(head)
  expect(members.map(({ display_name, post }) => [display_name, post])).toEqual([
    ['Berta Ruiz', 'Analista'],
    ['Carla Soto', 'Analista'],
  ])
  expect(new Set([head.row.folio, ...members.map(({ folio }) => folio)]).size).toBe(3)
  expect(members[0]!.seats[0]).toMatchObject({ status: 'confirmed', held_until: expect.any(String) })
  const { rows } = await db.pool.query<{ body: string }>(
    `select q.body from app.mail_queue q join app.submissions s on s.id = q.submission_id where s.folio = $1`,
    [members[0]!.folio],
  )
  expect(rows[0]!.body).toContain('le inscribió en «')
  expect(rows[0]!.body).toContain('no quiere que tengamos sus datos, cancele su inscripción')
  const consents = await db.pool.query(
    `select 1 from app.consents c join app.submissions s on s.id = c.submission_id where s.folio = $1`,
    [members[0]!.folio],
  )
  expect(consents.rows).toEqual([])
})

test('the link of the group shows no pass and no link, and its row follows what becomes of the others', async () => {
  const head = await group(['Berta Ruiz'])
  const [seat] = (await membersOf(head))[0]!.seats
  expect('pass_code' in seat! || 'link' in seat!).toBe(false)
  const changes = async () =>
    (
      await db.pool.query<{ n: number }>('select count(*)::int as n from app.change_log where scope = $1', [
        `mine:${head.id}`,
      ])
    ).rows[0]!.n
  const { rows } = await db.pool.query<{ id: string }>(
    'select submission_id as id from app.registrations where group_of = $1',
    [head.id],
  )
  const since = await changes()
  await db.pool.query('select app.touch_submission($1)', [rows[0]!.id])
  expect(await changes()).toBe(since + 1)
})

test('who only registers others takes no seat, and must register somebody', async () => {
  const head = await group(['Berta Ruiz'], { attends: false })
  expect(await line()).toEqual(['Berta confirmed'])
  expect((await jx.contentOf(db, head)).seats).toEqual([])
  await expect(jx.register(db, { body_id: body, attends: false })).rejects.toThrow('malformed_op')
})

test('the link cancels the days of somebody, whose place goes to who waits, and tells them', async () => {
  const head = await group(['Berta Ruiz', 'Carla Soto'])
  const [berta] = await membersOf(head)
  expect(await ask('release_colleague', head, { p_colleague: berta!.folio })).toBe('done')
  expect(await ask('release_colleague', head, { p_colleague: berta!.folio })).toBe('done')
  expect(await line()).toEqual(['Ana confirmed', 'Carla offered', 'Berta cancelled'])
})

test('the link names somebody else for one of the group, who stays in it', async () => {
  const head = await group(['Berta Ruiz'])
  const [berta] = await membersOf(head)
  const data = { id: randomUUID(), ...person('Dora Lara') }
  expect(
    await ask('substitute_colleague', head, { p_colleague: berta!.folio, p_data: JSON.stringify(data) }),
  ).toBe('done')
  expect(await line()).toEqual(['Ana confirmed', 'Dora confirmed', 'Berta cancelled'])
  expect((await membersOf(head)).map(({ display_name }) => display_name)).toEqual(['Berta Ruiz', 'Dora Lara'])
})

test('who passes the own place on keeps the group and sees the other person in it', async () => {
  const head = await group(['Berta Ruiz'])
  const data = { id: randomUUID(), ...person('Dora Lara') }
  expect(await ask('substitute_delegate', head, { p_data: JSON.stringify(data) })).toBe('done')
  expect((await membersOf(head)).map(({ display_name }) => display_name)).toEqual(['Berta Ruiz', 'Dora Lara'])
})

test('another link, a wrong secret and a folio outside the group are refused', async () => {
  const [head, other] = [await group(['Berta Ruiz']), await group(['Carla Soto'])]
  const [berta] = await membersOf(head)
  for (const [link, secret] of [
    [other, other.secret],
    [head, other.secret],
  ] as const)
    expect(await ask('release_colleague', link, { p_colleague: berta!.folio }, secret)).toBe(
      'submission_unknown',
    )
  expect(await ask('release_colleague', head, { p_colleague: other.row.folio })).toBe('submission_unknown')
})

test.each([
  ['a list that is none', 'x', 'malformed_op colleagues'],
  ['eleven people', Array.from({ length: 11 }, () => person('Berta Ruiz')), 'malformed_op colleagues'],
  ['nobody’s name', [person(' ')], 'name_required display_name'],
  ['no post', [person('Berta Ruiz', { post: '' })], 'post_required post'],
  ['no address', [person('Berta Ruiz', { email: null })], 'email_required email'],
])('%s registers nobody', async (_, colleagues, expected) => {
  const payload = await jx.registration(db, { body_id: body, colleagues })
  const op = fx.op('registration.submit', randomUUID(), payload, { secret: fx.newSecret() })
  expect(jx.word(await fx.applyOne(db, anon, op))).toBe(expected)
  expect(await line()).toEqual([])
})

test('the same op again registers nobody twice', async () => {
  const payload = await jx.registration(db, { body_id: body, colleagues: [person('Berta Ruiz')] })
  const [id, secret] = [randomUUID(), fx.newSecret()]
  for (let i = 0; i < 2; i++) {
    const verdict = await fx.applyOne(db, anon, fx.op('registration.submit', id, payload, { secret }))
    expect(verdict.status).toBe('applied')
  }
  expect(await line()).toEqual(['Ana confirmed', 'Berta confirmed'])
})
