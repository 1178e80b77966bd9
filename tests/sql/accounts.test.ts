/** Which sessions may act as staff, and the second factor with its recovery codes. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { InstitutionSettings } from '@/domain/institution'
import type { MySession, StaffList } from '@/domain/people'
import { type Actor, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

let db: TestDatabase
let member: Actor
let id: string
beforeAll(async () => {
  db = await createTestDatabase()
})
beforeEach(async () => {
  member = await fx.addStaff(db, 'moderator')
  id = (await one<{ id: string }>('select id from app.staff where user_id = $1', member.sub)).id
})
afterEach(() => demand(false))
afterAll(() => db.drop())

const one = async <T>(sql: string, ...values: unknown[]) => (await db.pool.query(sql, values)).rows[0] as T
const demand = (on: boolean) => db.pool.query('update app.institution set require_aal2 = $1', [on])
const queue = (actor: Actor) => fx.outcome(callAs(db, actor, 'review_queue'))
const mySession = (actor: Actor) => callAs(db, actor, 'my_session') as Promise<MySession>

/** Gives the member a verified factor and lifts their session, as Supabase Auth does. */
async function enrol(actor: Actor): Promise<Actor> {
  await db.pool.query(
    `insert into auth.mfa_factors (id, user_id, factor_type, status, created_at, updated_at)
     values (gen_random_uuid(), $1, 'totp', 'verified', now(), now())`,
    [actor.sub],
  )
  await db.pool.query("update auth.sessions set aal = 'aal2' where id = $1", [actor.sub])
  return { ...actor, aal: 'aal2' }
}

const NEEDED = 'PT401 second_factor_needed'
const ENDED = 'PT401 session_ended'

/** What a member without the second factor may still call, and what it answers there. */
const BEFORE_THE_FACTOR: Record<string, string> = {
  my_session: 'ok',
  use_recovery_code: 'ok',
  accept_invitation: 'PT404 invitation_unknown',
}

describe('the second factor', () => {
  test('where it is demanded, every function for staff refuses a session without it', async () => {
    await demand(true)
    const { rows } = await db.pool.query<{ name: string; count: number }>(
      `select p.proname as name, p.pronargs as count from pg_proc p
       where p.pronamespace = 'public'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute')
         and not has_function_privilege('anon', p.oid, 'execute')`,
    )
    expect(rows.length).toBeGreaterThan(45)
    for (const role of ['moderator', 'coordinator', 'door', 'auditor', 'admin']) {
      const actor = await fx.addStaff(db, role)
      for (const { name } of rows) {
        const { args } = await one<{ args: Record<string, null> }>(
          `select coalesce(json_object_agg(n, null), '{}') as args from pg_proc p, unnest(p.proargnames[:p.pronargs]) n
           where p.proname = $1 and p.pronamespace = 'public'::regnamespace`,
          name,
        )
        const answer = await fx.outcome(callAs(db, actor, name, args))
        expect([role, name, answer]).toEqual([role, name, BEFORE_THE_FACTOR[name] ?? NEEDED])
      }
    }
  })

  test('where it is demanded, every op of staff waits and leaves no receipt, and is applied later', async () => {
    const { id: submission } = await fx.submit(db)
    await demand(true)
    const { rows } = await db.pool.query<{ kind: string }>(
      "select kind from app.op_kinds where actor = 'staff'",
    )
    expect(rows.length).toBeGreaterThan(4)
    for (const { kind } of rows) {
      const verdict = await fx.applyOne(db, member, fx.op(kind as 'review.decide', submission, {}))
      expect(verdict).toMatchObject({ status: 'retry', code: 'second_factor_needed' })
    }
    const decision = fx.op('review.decide', submission, { decision: 'accept' }, { expected_version: 1 })
    expect(await fx.applyOne(db, member, decision)).toMatchObject({ status: 'retry' })
    expect(await fx.applyOne(db, await enrol(member), decision)).toMatchObject({ status: 'applied' })
    expect(await fx.applyOne(db, member, decision)).toMatchObject({ status: 'retry' })
  })

  test('a member who has a factor must show it, also where nobody demands one', async () => {
    expect(await queue(member)).toBe('ok')
    const lifted = await enrol(member)
    expect(await queue(lifted)).toBe('ok')
    expect(await queue(member)).toBe(NEEDED)
    expect(await mySession(member)).toMatchObject({ step: 'verify', has_factor: true })
  })

  test('a token keeps nothing of a factor that was removed from its session', async () => {
    const lifted = await enrol(member)
    await demand(true)
    await db.pool.query("update auth.sessions set aal = 'aal1' where id = $1", [member.sub])
    expect(await queue(lifted)).toBe(NEEDED)
  })

  test('whoever has none yet is led to set one up', async () => {
    await demand(true)
    expect(await mySession(member)).toEqual({
      step: 'enrol',
      has_factor: false,
      is_required: true,
      codes_left: 0,
    })
  })

  test('an administrator without a factor cannot demand it and sees who lacks one', async () => {
    const settings = (actor: Actor) =>
      callAs(db, actor, 'institution_settings') as Promise<InstitutionSettings>
    const save = async (actor: Actor) =>
      fx.outcome(
        callAs(db, actor, 'save_institution', {
          p_expected_version: (await settings(actor)).version,
          p_data: { require_aal2: true },
        }),
      )
    const admin = await fx.addStaff(db, 'admin')
    const { without_factor } = await settings(admin)
    expect(await save(admin)).toBe('PT409 own_factor_first')
    const lifted = await enrol(admin)
    expect(await settings(lifted)).toMatchObject({ without_factor: without_factor - 1, own_factor: true })
    expect(await save(lifted)).toBe('ok')
    expect(await queue(member)).toBe(NEEDED)
  })

  test('it cannot be turned off where it is demanded', async () => {
    const lifted = await enrol(member)
    await demand(true)
    const remove = () => fx.outcome(callAs(db, lifted, 'remove_second_factor'))
    expect(await remove()).toBe('PT409 factor_required')
    await demand(false)
    expect(await remove()).toBe('ok')
    expect(await queue(member)).toBe('ok')
  })
})

describe('recovery codes', () => {
  const make = async (actor: Actor) =>
    ((await callAs(db, actor, 'make_recovery_codes')) as { codes: string[] }).codes
  const use = (actor: Actor, p_code: string) => callAs(db, actor, 'use_recovery_code', { p_code })
  const events = async () =>
    (
      await db.pool.query<{ kind: string }>(
        'select kind from app.staff_events where subject_id = $1 order by seq',
        [id],
      )
    ).rows.map(({ kind }) => kind)

  test('ten codes work once each, however they are typed, and each use is recorded and told', async () => {
    const codes = await make(await enrol(member))
    expect(codes).toHaveLength(10)
    expect(codes[0]).toMatch(/^[0-9a-hjkmnp-tv-z]{5}(-[0-9a-hjkmnp-tv-z]{5}){2}$/u)
    const typed = codes[0]!.toUpperCase().replaceAll('-', '').replaceAll('0', 'o').replaceAll('1', 'L')
    expect(await use(member, `${typed}x`)).toEqual({ accepted: false })
    expect(await use(member, typed)).toEqual({ accepted: true })
    expect(await use(member, codes[0]!)).toEqual({ accepted: false })
    expect(await mySession(member)).toMatchObject({ has_factor: false, codes_left: 9 })
    expect(await events()).toEqual(['granted', 'recovery_codes_made', 'recovery_code_used'])
    const letter = 'select subject from app.mail_queue where recipient = $1'
    expect(await one(letter, `${member.sub}@ejemplo.mx`)).toMatchObject({
      subject: 'Entraron con un código de recuperación',
    })
  })

  test('the database holds no code, and new ones replace the former', async () => {
    const lifted = await enrol(member)
    const [first] = await make(lifted)
    const { text } = await one<{ text: string }>(
      'select string_agg(c::text, null) as text from app.recovery_codes c where user_id = $1',
      member.sub,
    )
    expect(text).not.toContain(first!.replaceAll('-', ''))
    await make(lifted)
    expect(await use(member, first!)).toEqual({ accepted: false })
  })

  test('another member’s code opens nothing', async () => {
    const [code] = await make(await enrol(member))
    const other = await fx.addStaff(db, 'moderator')
    await enrol(other)
    expect(await use(other, code!)).toEqual({ accepted: false })
  })

  test('an administrator resets the factor of another member, which ends their sessions', async () => {
    await make(await enrol(member))
    expect(await fx.outcome(callAs(db, fx.coordinator, 'reset_second_factor', { p_id: id }))).toBe(
      'PT403 not_allowed',
    )
    expect(await callAs(db, fx.admin, 'reset_second_factor', { p_id: id })).toMatchObject({
      id,
      has_factor: false,
    })
    expect(await queue(member)).toBe(ENDED)
    expect((await events()).at(-1)).toBe('factor_reset')
    const { n } = await one<{ n: number }>(
      'select count(*)::int as n from app.recovery_codes where user_id = $1',
      member.sub,
    )
    expect(n).toBe(0)
  })

  test('nobody resets the own factor', async () => {
    const { id: own } = await one<{ id: string }>('select id from app.staff where user_id = $1', fx.admin.sub)
    expect(await fx.outcome(callAs(db, fx.admin, 'reset_second_factor', { p_id: own }))).toBe(
      'PT409 own_factor',
    )
  })
})

describe('sessions', () => {
  const age = (column: string, interval: string, table = 'auth.sessions', key = 'id') =>
    db.pool.query(`update ${table} set ${column} = now() - $2::interval where ${key} = $1`, [
      member.sub,
      interval,
    ])

  test('signing out ends access at once, although the token lives on', async () => {
    expect(await queue(member)).toBe('ok')
    await db.pool.query('delete from auth.sessions where id = $1', [member.sub])
    expect(await queue(member)).toBe(ENDED)
    const op = fx.op('review.decide', crypto.randomUUID(), {}, { expected_version: 1 })
    expect(await fx.applyOne(db, member, op)).toMatchObject({ status: 'retry', code: 'session_ended' })
  })

  test('a session ends without use, and use keeps it', async () => {
    await age('created_at', '71 hours')
    expect(await fx.outcome(callAs(db, member, 'staff_me'))).toBe('ok')
    await age('created_at', '100 hours')
    expect(await queue(member)).toBe('ok')
    await age('seen_at', '73 hours', 'app.staff_sessions', 'session_id')
    expect(await queue(member)).toBe(ENDED)
    expect(await fx.outcome(callAs(db, member, 'staff_me'))).toBe(ENDED)
  })

  test('a session ends after its longest life, however it is used, and the job removes it', async () => {
    await db.pool.query('select app.end_stale_sessions()') // those of other tests
    await callAs(db, member, 'staff_me')
    await age('created_at', '31 days')
    expect(await queue(member)).toBe(ENDED)
    const { ended } = await one<{ ended: number }>('select app.end_stale_sessions() as ended')
    expect(ended).toBe(1)
    expect(await one('select 1 from auth.sessions where id = $1', member.sub)).toBeUndefined()
  })

  test('a session of somebody else opens nothing', async () => {
    await db.pool.query('update auth.sessions set user_id = $2 where id = $1', [member.sub, fx.admin.sub])
    expect(await queue(member)).toBe(ENDED)
  })
})

describe('somebody who is switched off', () => {
  const switchOff = (p_id: string) => callAs(db, fx.admin, 'set_staff_active', { p_id, p_active: false })

  test('loses sessions and every pending invitation, sent or received', async () => {
    const inviting = await fx.addStaff(db, 'admin')
    const { id: staff } = await one<{ id: string }>(
      'select id from app.staff where user_id = $1',
      inviting.sub,
    )
    const invite = (actor: Actor, p_email: string) =>
      callAs(db, actor, 'invite_staff', { p_email, p_name: 'Ana', p_role: 'auditor' })
    await invite(inviting, 'alguien@equipo.example')
    await invite(fx.admin, `${inviting.sub}@EJEMPLO.mx`)
    await invite(fx.admin, 'otra@equipo.example')
    await switchOff(staff)
    const { invitations } = (await callAs(db, fx.admin, 'list_staff')) as StaffList
    expect(invitations.map(({ email }) => email)).toEqual(['otra@equipo.example'])
    expect(await one('select 1 from auth.sessions where user_id = $1', inviting.sub)).toBeUndefined()
  })

  test('keeps the session while another role remains', async () => {
    await db.pool.query("insert into app.staff (user_id, role, name) values ($1, 'auditor', 'Ana')", [
      member.sub,
    ])
    await switchOff(id)
    expect(await queue(member)).toBe('ok')
  })
})
