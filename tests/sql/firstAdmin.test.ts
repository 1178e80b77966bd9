/** The first administrator: a link that works once within 24 hours, made only by the project's service key. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { anon, callAs, createTestDatabase, service, type TestDatabase, user } from '../support/database'
import { openSessions } from '../support/sessions'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
beforeEach(() => db.pool.query(`update app.staff set active = false where role = 'admin'`))
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

interface Invited {
  token: string
  email: string
  expires_at: string
}
const newEmail = () => `${randomUUID()}@instituto.example`
const invite = (p_email = newEmail(), p_name = 'Alma Primera') =>
  callAs(db, service, 'invite_first_admin', { p_email, p_name }) as Promise<Invited>
const open = (p_token: string) => fx.outcome(callAs(db, anon, 'open_invitation', { p_token }))

async function redeem({ email, token }: Invited) {
  const id = randomUUID()
  await db.pool.query('insert into auth.users (id, email) values ($1, $2)', [id, email])
  await openSessions(db.pool, [id])
  return {
    id,
    outcome: await fx.outcome(callAs(db, service, 'redeem_invitation', { p_token: token, p_user: id })),
  }
}

test('the link makes one administrator of the whole institution, and then nobody else', async () => {
  const invited = await invite()
  const { id, outcome } = await redeem(invited)
  expect(outcome).toBe('ok')
  expect(await callAs(db, user(id), 'staff_me')).toMatchObject({
    name: 'Alma Primera',
    roles: [{ role: 'admin', convocatoria_id: null }],
  })
  expect(await fx.outcome(invite())).toBe('PT409 admin_exists')
})

test('the token is stored as a hash, and no letter holds it', async () => {
  const { token } = await invite()
  const { rows } = await db.pool.query<{ text: string }>(
    `select i::text as text from app.staff_invitations i union all select m::text from app.mail_queue m`,
  )
  expect(rows.filter(({ text }) => text.includes(token))).toEqual([])
})

test('the link expires after 24 hours, to the microsecond', async () => {
  const { token, expires_at } = await invite()
  const { rows } = await db.pool.query<{ hours: number }>(
    `select (extract(epoch from expires_at - invited_at) / 3600)::int as hours from app.staff_invitations
     where token_hash = app.sha256_hex($1)`,
    [token],
  )
  expect(rows[0]!.hours).toBe(24)
  await fx.setClock(db, expires_at)
  expect(await open(token)).toBe('PT409 invitation_expired')
  await fx.setClock(db, await fx.shift(db, expires_at, '-1 microsecond'))
  expect(await open(token)).toBe('ok')
})

test('a second link ends the first', async () => {
  const first = await invite()
  const second = await invite(newEmail())
  expect([await open(first.token), await open(second.token)]).toEqual(['PT404 invitation_unknown', 'ok'])
})

test('a link that was printed before somebody else became administrator makes no second one', async () => {
  const invited = await invite()
  await fx.addStaff(db, 'admin')
  expect((await redeem(invited)).outcome).toBe('PT409 admin_exists')
})

test.each([
  ['an invalid address', 'ana@', 'Ana', 'PT422 email_invalid'],
  ['no name', newEmail(), ' ', 'PT422 name_required'],
])('%s is refused', async (_, email, name, expected) =>
  expect(await fx.outcome(invite(email, name))).toBe(expected),
)
