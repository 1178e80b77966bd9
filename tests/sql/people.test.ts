/** Managing staff: invitations, deactivated roles, and the events that record them. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Invitation, StaffList } from '@/domain/people'
import {
  type Actor,
  anon,
  asActor,
  callAs,
  createTestDatabase,
  service,
  type TestDatabase,
  user,
} from '../support/database'
import { letterOf } from '../../supabase/functions/send-mail/letter'
import { openSessions } from '../support/sessions'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const { admin } = fx
const list = (actor: Actor) => callAs(db, actor, 'list_staff') as Promise<StaffList>
const newEmail = () => `${randomUUID()}@equipo.example`

async function addUser(email = newEmail()) {
  const id = randomUUID()
  await db.pool.query('insert into auth.users (id, email) values ($1, lower($2))', [id, email])
  await openSessions(db.pool, [id])
  return { email, actor: user(id) }
}

const invite = (change: Record<string, unknown> = {}, actor = admin) =>
  callAs(db, actor, 'invite_staff', {
    p_email: newEmail(),
    p_name: 'Ana Prueba',
    p_role: 'moderator',
    ...change,
  }) as Promise<{ id: string }>

/** The token from the letter to the invited person. */
async function tokenFor(email: string) {
  const { rows } = await db.pool.query<{ body: string }>(
    'select body from app.mail_queue where lower(recipient) = lower($1) order by id desc limit 1',
    [email],
  )
  return /\/equipo\/invitacion#([\w-]+)/u.exec(rows[0]!.body)![1]!
}
async function invited(change: Record<string, unknown> = {}) {
  const email = newEmail()
  const { id } = await invite({ p_email: email, ...change })
  return { id, email, token: await tokenFor(email) }
}
const rolesOf = async (actor: Actor) =>
  (await db.pool.query('select role, active from app.staff where user_id = $1', [actor.sub])).rows
const eventsOf = async (subject: string) =>
  (
    await db.pool.query<{ kind: string; actor_id: string | null }>(
      'select kind, actor_id from app.staff_events where subject_id = $1 order by seq',
      [subject],
    )
  ).rows.map(({ kind, actor_id }) => [kind, actor_id])

describe('reading the list of staff', () => {
  test('an administrator sees all staff and can change them, and a coordinator only reads', async () => {
    const seen = await list(admin)
    expect(seen.can_manage).toBe(true)
    expect(seen.members.map(({ email }) => email)).toContain('moderadora@demo.example')
    expect(seen.members.filter(({ is_me }) => is_me).map(({ role }) => role)).toEqual(['admin'])
    expect((await list(fx.coordinator)).can_manage).toBe(false)
  })

  test('a coordinator of one convocatoria reads only its staff and invitations', async () => {
    const local = await fx.addStaff(db, 'coordinator', { convocatoria: fx.OPEN })
    await fx.addStaff(db, 'moderator', { convocatoria: fx.COMING })
    const there = await invited({ p_convocatoria: fx.OPEN })
    await invited({ p_convocatoria: fx.COMING })
    const seen = await list(local)
    expect(new Set(seen.members.map(({ convocatoria_id }) => convocatoria_id))).toEqual(new Set([fx.OPEN]))
    expect(seen.invitations.map(({ id }) => id)).toEqual([there.id])
  })
})

describe('inviting', () => {
  test.each([
    ['an invalid address', { p_email: 'ana@' }, 'PT422 email_invalid'],
    ['no name', { p_name: ' \u200b ' }, 'PT422 name_required'],
    ['a name of a filler of Hangul', { p_name: '\u3164' }, 'PT422 name_required'],
    ['a name of 121 characters', { p_name: 'a'.repeat(121) }, 'PT422 name_too_long'],
    ['a name of 120 characters', { p_name: 'a'.repeat(120) }, 'ok'],
    ['an unknown role', { p_role: 'king' }, 'PT422 role_unknown'],
    [
      'an administrator of one convocatoria',
      { p_role: 'admin', p_convocatoria: fx.OPEN },
      'PT422 role_scope_invalid',
    ],
    ['a moderator of one day', { p_jornada: randomUUID() }, 'PT422 role_scope_invalid'],
    ['an unknown convocatoria', { p_convocatoria: randomUUID() }, 'PT404 convocatoria_unknown'],
    ['a person who already has the role', { p_email: 'Moderadora@demo.example' }, 'PT409 already_staff'],
    ['a person who has another role', { p_email: 'moderadora@demo.example', p_role: 'auditor' }, 'ok'],
    ['the administrator’s own address', { p_email: 'administracion@demo.example' }, 'PT409 own_role'],
  ])('an invitation for %s is answered with its outcome', async (_, change, expected) =>
    expect(await fx.outcome(invite(change))).toBe(expected),
  )

  test('the link in the letter has the configured address of the app, whatever origin the request names', async () => {
    const email = newEmail()
    await asActor(db, admin, async (client) => {
      await client.query(
        `select set_config('request.headers', '{"origin": "https://ajeno.example", "host": "ajeno.example", "x-forwarded-host": "ajeno.example"}', true)`,
      )
      await client.query(`select public.invite_staff($1, 'Ana', 'auditor')`, [email])
    })
    const { rows } = await db.pool.query('select body from app.mail_queue where recipient = $1', [email])
    expect(rows[0].body).not.toContain('ajeno')
    const mail = {
      id: 1,
      name: crypto.randomUUID(),
      lease: crypto.randomUUID(),
      locale: 'es-MX',
      to: email,
      subject: '',
      asks: false,
      own: false,
      token: null,
      from: null,
      body: rows[0].body as string,
    }
    const { body } = letterOf(mail, { app: 'https://participa.example', functions: '' })
    expect(body).toMatch(/\nhttps:\/\/participa\.example\/equipo\/invitacion#[\w-]{32}\n/u)
  })

  test('the token of an invitation is stored only in its letter', async () => {
    const { token, id } = await invited()
    const { rows } = await db.pool.query('select i::text as row from app.staff_invitations i where id = $1', [
      id,
    ])
    expect(rows[0].row).not.toContain(token)
  })

  test('a second invitation to the same role replaces the first', async () => {
    const first = await invited()
    await invite({ p_email: first.email.toUpperCase() })
    expect(await fx.outcome(callAs(db, anon, 'open_invitation', { p_token: first.token }))).toBe(
      'PT404 invitation_unknown',
    )
    expect(await eventsOf(first.id)).toEqual([
      ['invited', admin.sub],
      ['invitation_cancelled', admin.sub],
    ])
  })

  test('a cancelled invitation opens nothing', async () => {
    const { id, token } = await invited()
    await callAs(db, admin, 'cancel_invitation', { p_id: id })
    const opened = callAs(db, anon, 'open_invitation', { p_token: token })
    expect(await fx.outcome(opened)).toBe('PT404 invitation_unknown')
    expect((await list(admin)).invitations.map((one) => one.id)).not.toContain(id)
  })
})

describe('accepting', () => {
  test('an invitation shows its address, name and role, and whether an account exists', async () => {
    const { email, token } = await invited({ p_convocatoria: fx.OPEN })
    const seen = (await callAs(db, anon, 'open_invitation', { p_token: token })) as Invitation
    expect(seen).toMatchObject({
      email,
      name: 'Ana Prueba',
      role: 'moderator',
      has_account: false,
      accepted: false,
    })
    await addUser(email)
    expect(await callAs(db, anon, 'open_invitation', { p_token: token })).toMatchObject({ has_account: true })
  })

  test('the invited person can accept twice with one effect', async () => {
    const { id, email, token } = await invited()
    const { actor } = await addUser(email)
    for (let times = 0; times < 2; times++) {
      expect(await callAs(db, actor, 'accept_invitation', { p_token: token })).toEqual({ role: 'moderator' })
    }
    expect(await rolesOf(actor)).toEqual([{ role: 'moderator', active: true }])
    expect(await eventsOf(id)).toEqual([
      ['invited', admin.sub],
      ['invitation_accepted', actor.sub],
    ])
    expect(await fx.outcome(callAs(db, admin, 'cancel_invitation', { p_id: id }))).toBe(
      'PT404 invitation_unknown',
    )
  })

  test('another person cannot accept an invitation, even with its token', async () => {
    const { token } = await invited()
    const { actor } = await addUser()
    const accept = callAs(db, actor, 'accept_invitation', { p_token: token })
    expect(await fx.outcome(accept)).toBe('PT403 invitation_of_other')
  })

  test('the service accepts an invitation only for the user with the invited address', async () => {
    const { email, token } = await invited({ p_role: 'door' })
    const { actor } = await addUser(email)
    const redeem = (p_user: string) => callAs(db, service, 'redeem_invitation', { p_token: token, p_user })
    expect(await fx.outcome(redeem(randomUUID()))).toBe('PT403 invitation_of_other')
    expect(await redeem(actor.sub!)).toEqual({ role: 'door' })
  })

  test('an invitation expires at the end of the seventh day, to the microsecond', async () => {
    const { email, token, id } = await invited()
    const { actor } = await addUser(email)
    const { rows } = await db.pool.query<{ at: string }>(
      `select to_json(expires_at) #>> '{}' as at from app.staff_invitations where id = $1`,
      [id],
    )
    await fx.setClock(db, rows[0]!.at)
    const accept = () => fx.outcome(callAs(db, actor, 'accept_invitation', { p_token: token }))
    expect(await accept()).toBe('PT409 invitation_expired')
    expect((await list(admin)).invitations.find((one) => one.id === id)).toMatchObject({ expired: true })
    await fx.setClock(db, await fx.shift(db, rows[0]!.at, '-1 microsecond'))
    expect(await accept()).toBe('ok')
  })

  test('a deactivated role becomes active again only by a new invitation', async () => {
    const { email, token } = await invited()
    const { actor } = await addUser(email)
    await callAs(db, actor, 'accept_invitation', { p_token: token })
    await db.pool.query('update app.staff set active = false where user_id = $1', [actor.sub])
    expect(await fx.outcome(callAs(db, actor, 'accept_invitation', { p_token: token }))).toBe('ok')
    expect(await rolesOf(actor)).toEqual([{ role: 'moderator', active: false }]) // the old letter restores nothing
    await invite({ p_email: email })
    await callAs(db, actor, 'accept_invitation', { p_token: await tokenFor(email) })
    expect(await rolesOf(actor)).toEqual([{ role: 'moderator', active: true }])
  })
})

describe('deactivating a role', () => {
  const rowOf = async (actor: Actor) =>
    (await db.pool.query<{ id: string }>('select id from app.staff where user_id = $1', [actor.sub])).rows[0]!
      .id
  const set = (actor: Actor, p_id: string, p_active: boolean) =>
    fx.outcome(callAs(db, actor, 'set_staff_active', { p_id, p_active }))

  test('a deactivated role loses access at once, can be activated again, and records each change', async () => {
    const member = await fx.addStaff(db, 'moderator')
    const id = await rowOf(member)
    expect(await set(admin, id, false)).toBe('ok')
    expect(await fx.outcome(callAs(db, member, 'review_queue'))).toBe('PT403 not_allowed')
    expect(await set(admin, id, true)).toBe('ok')
    expect(await set(admin, id, true)).toBe('ok')
    await openSessions(db.pool, [member.sub!]) // the former one has ended
    expect(await fx.outcome(callAs(db, member, 'review_queue'))).toBe('ok')
    expect(await eventsOf(id)).toEqual([
      ['granted', null],
      ['deactivated', admin.sub],
      ['activated', admin.sub],
    ])
  })

  test('changing an unknown role is reported as unknown', async () =>
    expect(await set(admin, randomUUID(), false)).toBe('PT404 staff_unknown'))

  test('nobody can deactivate the own role, and the last administrator stays active', async () => {
    expect(await set(admin, await rowOf(admin), false)).toBe('PT409 last_admin')
    const second = await fx.addStaff(db, 'admin')
    expect(await set(admin, await rowOf(admin), false)).toBe('PT409 own_role')
    const both = await Promise.all([
      set(admin, await rowOf(second), false),
      set(second, await rowOf(admin), false),
    ])
    expect(both.sort()).toEqual(['PT403 not_allowed', 'ok']) // the second call comes from a deactivated administrator
    await db.pool.query('update app.staff set active = true where user_id = $1', [admin.sub])
  })

  test('an administrator of one convocatoria, inserted by hand, cannot manage staff', async () => {
    const partial = await fx.addStaff(db, 'admin', { convocatoria: fx.OPEN })
    expect(await set(partial, await rowOf(fx.moderator), false)).toBe('PT403 not_allowed')
  })
})

test.each([
  'update app.staff_events set name = $$x$$',
  'delete from app.staff_events',
  'truncate app.staff_events',
])('the history of staff cannot be rewritten: %s', async (sql) =>
  expect(await fx.outcome(db.pool.query(sql))).toBe('55000'),
)
