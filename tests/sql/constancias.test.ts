/** Constancias: who earns one by the rule of the campaign, who issues and revokes, and what is signed. */
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { IssuedConstancia } from '@/features/jornadas/constancia'
import { verifyConstancia } from '@/features/verificar/verify'
import { signDue } from '../../supabase/functions/sign/due'
import { signerOf } from '../../supabase/functions/sign/keys'
import { type Actor, anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

const KEYS = { '2026-01-01': '01'.repeat(32) }
const REASON = 'Se escribió mal el nombre.'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
beforeEach(async () => {
  await jx.clear(db)
  for (const table of ['constancia_rules', 'revocation_list', 'constancia_serials'])
    await db.pool.query(`delete from app.${table}`)
  await fx.setClock(db, null)
  await beginDay(jx.DAY, '1 hour')
  await beginDay(jx.NEXT_DAY, '2 days')
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

/** The day begins in a while and takes two hours. */
const beginDay = async (id: string, away: string) => {
  await jx.setDay(db, id, 50, away)
  await db.pool.query(`update app.jornadas set ends_at = starts_at + interval '2 hours' where id = $1`, [id])
}
const setRule = (rule: string, hours: number | null = null) =>
  db.pool.query('insert into app.constancia_rules values ($1, $2, $3)', [jx.JORNADAS, rule, hours])
const later = async (interval: string) => {
  const { rows } = await db.pool.query<{ at: string }>(`select (app.now() + $1::interval)::text as at`, [
    interval,
  ])
  await fx.setClock(db, rows[0]!.at)
}
/** Somebody who registers for these days and comes to them. The clock stands after the last one. */
async function attendee(days = [jx.DAY]): Promise<jx.Registered> {
  const one = await jx.register(db, { jornada_ids: days })
  await attend(one, days)
  return one
}
async function attend(one: jx.Registered, days: string[]) {
  for (const jornada_id of days) {
    const { rows } = await db.pool.query<{ at: string }>(
      'select starts_at::text as at from app.jornadas where id = $1',
      [jornada_id],
    )
    await fx.setClock(db, rows[0]!.at)
    const verdict = await jx.checkIn(db, fx.coordinator, one.id, {
      jornada_id,
      at: new Date(rows[0]!.at).toISOString(),
    })
    expect(verdict.status).toBe('applied')
  }
  await later('3 hours')
}
const ask = (one: jx.Registered, secret = one.secret) =>
  callAs(db, anon, 'issue_constancia', { p_id: one.id, p_secret: secret })
const issueAll = (actor: Actor = fx.coordinator) =>
  callAs(db, actor, 'issue_constancias', { p_convocatoria: jx.JORNADAS })
const versionOf = async ({ id }: jx.Registered) =>
  (await db.pool.query<{ version: number }>('select version from app.submissions where id = $1', [id]))
    .rows[0]!.version
const act = async (
  kind: 'constancia.reissue' | 'constancia.revoke',
  one: jx.Registered,
  actor: Actor = fx.coordinator,
  reason = REASON,
) =>
  jx.word(
    await fx.applyOne(db, actor, fx.op(kind, one.id, { reason }, { expected_version: await versionOf(one) })),
  )
const constanciaOf = async (one: jx.Registered): Promise<IssuedConstancia | undefined> =>
  (await jx.contentOf(db, one)).constancia
const signAll = () =>
  signDue(KEYS, async (name, args) => ({
    status: 200,
    body: await callAs(db, service, name, args as Record<string, unknown>),
  }))
const verdictOf = async (code: string) =>
  await verifyConstancia(
    code,
    [{ id: '2026-01-01', public_key: signerOf(KEYS)!.publicKey }],
    (await callAs(db, anon, 'revoked_constancias')) as { text: string; signature: string },
  )
const eventsOf = async ({ id }: jx.Registered) =>
  (
    await db.pool.query<{ kind: string }>(
      "select kind from app.review_events where submission_id = $1 and kind like 'constancia%' order by seq",
      [id],
    )
  ).rows.map(({ kind }) => kind)

describe('who earns a constancia', () => {
  test('under the rule of one day, whoever came, once the day is over', async () => {
    await setRule('day')
    const came = await attendee()
    const absent = await jx.register(db, { jornada_ids: [jx.NEXT_DAY] })
    await expect(ask(absent)).rejects.toThrow('constancia_not_earned')
    await later('-2 hours') // while the day lasts
    await expect(ask(came)).rejects.toThrow('constancia_not_earned')
    await later('2 hours')
    expect(await ask(came)).toMatchObject({
      serial: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{10}$/u) as string,
    })
  })

  test('without a rule, nobody', async () => {
    await expect(ask(await attendee())).rejects.toThrow('constancia_not_earned')
  })

  test('under the rule of hours, whoever attended so many of the schedule', async () => {
    await setRule('hours', 4)
    const one = await attendee([jx.DAY])
    const other = await attendee([jx.NEXT_DAY])
    await expect(ask(one)).rejects.toThrow('constancia_not_earned')
    await db.pool.query(`update app.jornadas set ends_at = starts_at + interval '4 hours' where id = $1`, [
      jx.NEXT_DAY,
    ])
    await later('2 hours')
    expect(await ask(other)).toHaveProperty('serial')
  })

  test('under the rule of all days, whoever attended each of the group that was not called off', async () => {
    await setRule('all')
    const one = await attendee([jx.DAY, jx.NEXT_DAY])
    await expect(ask(one)).rejects.toThrow('constancia_not_earned')
    await db.pool.query(
      `update app.jornadas j set cancelled_at = app.now(), cancel_reason = 'x' from app.jornadas d
       where d.id = $1 and j.group_id = d.group_id and j.id <> all ($2)`,
      [jx.DAY, [jx.DAY, jx.NEXT_DAY]],
    )
    expect(await ask(one)).toHaveProperty('serial')
    await db.pool.query('update app.jornadas set cancelled_at = null, cancel_reason = null')
  })
})

describe('issuing', () => {
  beforeEach(() => setRule('day'))

  test('in bulk issues to everybody who earned one and has none, and writes to each', async () => {
    const all = [await attendee([jx.DAY]), await attendee([jx.NEXT_DAY])]
    expect(await issueAll()).toEqual({ issued: 2, left: 0 })
    expect(await issueAll()).toEqual({ issued: 0, left: 0 })
    for (const one of all) {
      expect(await eventsOf(one)).toEqual(['constancia_issued'])
      const { serial } = (await constanciaOf(one))!
      expect((await jx.lettersTo(db, one.id)).at(-1)).toMatchObject({
        subject: expect.stringContaining('Su constancia está lista') as string,
        body: expect.stringContaining(serial) as string,
      })
    }
  })

  test('is for the coordination and administrators, and for the person with their own secret', async () => {
    const one = await attendee()
    for (const actor of [fx.moderator, fx.auditor, fx.doorVolunteer, fx.stranger])
      await expect(issueAll(actor)).rejects.toThrow('not_allowed')
    await expect(ask(one, fx.newSecret())).rejects.toThrow('submission_unknown')
    expect(await issueAll(fx.admin)).toMatchObject({ issued: 1 })
  })

  test('again after a correction of the name ends the former as superseded, and keeps it', async () => {
    const one = await attendee()
    await ask(one)
    const before = (await constanciaOf(one))!
    expect(await ask(one)).toEqual({ serial: before.serial })
    const change = { display_name: 'Ana Pérez Luna', reason: REASON }
    await fx.applyOne(
      db,
      fx.coordinator,
      fx.op('registration.amend', one.id, change, { expected_version: await versionOf(one) }),
    )
    expect(await issueAll()).toMatchObject({ issued: 1 })
    expect((await constanciaOf(one))!.serial).not.toBe(before.serial)
    expect(await eventsOf(one)).toEqual(['constancia_issued', 'constancia_reissued'])
    const { rows } = await db.pool.query('select ended_as from app.constancia_serials order by number')
    expect(rows).toEqual([{ ended_as: 'superseded' }, { ended_as: null }])
  })

  test('after another attended day says both days', async () => {
    const one = await jx.register(db, { jornada_ids: [jx.DAY, jx.NEXT_DAY] })
    await attend(one, [jx.DAY])
    await ask(one)
    await attend(one, [jx.NEXT_DAY])
    await ask(one)
    await signAll()
    const verdict = await verdictOf((await constanciaOf(one))!.code!)
    expect(verdict).toMatchObject({ outcome: 'valid', constancia: { minutes: 240 } })
    expect('constancia' in verdict && verdict.constancia.days).toHaveLength(2)
  })
})

describe('revoking', () => {
  beforeEach(() => setRule('day'))

  test('needs a reason and the coordination, tells the person, and no bulk issues another', async () => {
    const one = await attendee()
    expect(await act('constancia.revoke', one)).toBe('constancia_unknown')
    await ask(one)
    for (const actor of [fx.moderator, fx.auditor, fx.doorVolunteer, fx.stranger])
      expect(await act('constancia.revoke', one, actor)).toBe('not_allowed')
    expect(await act('constancia.revoke', one, fx.coordinator, ' ')).toBe('reason_required reason')
    expect(await act('constancia.revoke', one)).toBe('applied')
    expect(await constanciaOf(one)).toMatchObject({ ended_as: 'revoked' })
    const { text } = (await fx.openFolio(db, one.row.folio, one.secret)).messages.at(-1)!
    expect(text).toContain(REASON)
    expect((await jx.lettersTo(db, one.id)).at(-1)!.subject).toContain('Revocamos su constancia')
    expect(await issueAll()).toEqual({ issued: 0, left: 0 })
    await expect(ask(one)).rejects.toThrow('constancia_revoked')
    expect(await act('constancia.reissue', one)).toBe('applied')
    expect(await constanciaOf(one)).toMatchObject({ ended_as: null })
  })

  test('reaches whoever verifies with the next list; the others stay valid', async () => {
    const [one, other] = [await attendee([jx.DAY]), await attendee([jx.NEXT_DAY])]
    await issueAll()
    await signAll()
    const codes = [(await constanciaOf(one))!.code!, (await constanciaOf(other))!.code!] as const
    expect((await verdictOf(codes[0])).outcome).toBe('valid')
    await act('constancia.revoke', one)
    await signAll()
    expect((await verdictOf(codes[0])).outcome).toBe('revoked')
    expect((await verdictOf(codes[1])).outcome).toBe('valid')
    await act('constancia.reissue', other)
    await signAll()
    expect((await verdictOf(codes[1])).outcome).toBe('superseded')
    expect((await verdictOf((await constanciaOf(other))!.code!)).outcome).toBe('valid')
  })

  test('stays in the list after the person’s data is erased', async () => {
    const one = await attendee()
    await ask(one)
    await signAll()
    const { code } = (await constanciaOf(one))!
    await act('constancia.revoke', one)
    await db.pool.query('select app.erase_contents(array[$1::uuid])', [one.id])
    const { rows } = await db.pool.query('select * from app.constancias')
    expect(rows).toEqual([])
    await signAll()
    expect((await verdictOf(code!)).outcome).toBe('revoked')
  })
})

describe('signing', () => {
  beforeEach(() => setRule('day'))

  test('signs each constancia once, whatever key signs later, and the phone then has its code', async () => {
    const one = await attendee()
    await ask(one)
    expect((await constanciaOf(one))!.code).toBeNull()
    const version = await versionOf(one)
    expect((await signAll()).body).toMatchObject({ signed: 1, list: true })
    expect(await versionOf(one)).toBe(version + 1)
    const { code } = (await constanciaOf(one))!
    expect((await signAll()).body).toMatchObject({ signed: 0, list: false })
    const { rows } = await db.pool.query<{ number: number }>('select number from app.constancias')
    const p_signed = [{ number: rows[0]!.number, signature: '00'.repeat(64) }]
    expect(await callAs(db, service, 'settle_constancias', { p_key: '2026-01-01', p_signed })).toEqual({
      signed: 0,
    })
    expect((await constanciaOf(one))!.code).toBe(code)
  })

  test('the list is signed from the first constancia on, when something ends, and after twenty hours', async () => {
    expect((await signAll()).body).toMatchObject({ signed: 0, list: false })
    await ask(await attendee())
    expect((await signAll()).body).toMatchObject({ signed: 1, list: true })
    await later('19 hours')
    expect((await signAll()).body).toMatchObject({ list: false })
    await later('2 hours')
    expect((await signAll()).body).toMatchObject({ list: true })
  })

  test('node alone verifies the signature', async () => {
    const one = await attendee()
    await ask(one)
    await signAll()
    const [text, signature] = (await constanciaOf(one))!
      .code!.split('.')
      .map((part) => Buffer.from(part, 'base64url'))
    const seed = Buffer.concat([
      Buffer.from('302e020100300506032b657004220420', 'hex'),
      Buffer.from(KEYS['2026-01-01'], 'hex'),
    ])
    const key = createPrivateKey({ key: seed, format: 'der', type: 'pkcs8' })
    expect(sign(null, text!, key).equals(signature!)).toBe(true)
    expect(createPublicKey(key).export({ format: 'jwk' }).x).toBe(
      Buffer.from(signerOf(KEYS)!.publicKey, 'hex').toString('base64url'),
    )
  })
})
