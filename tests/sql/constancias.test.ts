/** Constancias: who earns one by the rule of the campaign, who issues and revokes, and what is signed. */
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signerOf } from '../../supabase/functions/sign/keys'
import { anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import { constanciasOf, KEYS, REASON } from './constanciaFixtures'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

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

const {
  beginDay,
  setRule,
  later,
  attendee,
  attend,
  ask,
  issueAll,
  versionOf,
  act,
  constanciaOf,
  signAll,
  verdictOf,
  eventsOf,
} = constanciasOf(() => db)

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

  test('reaches the constancia of a registration that was withdrawn after the day', async () => {
    const one = await attendee()
    await ask(one)
    const withdraw = fx.op('submission.withdraw', one.id, {}, { secret: one.secret })
    expect(await fx.applyOne(db, anon, withdraw)).toMatchObject({ status: 'applied' })
    expect(await act('constancia.reissue', one)).toBe('transition_invalid')
    expect(await act('constancia.revoke', one)).toBe('applied')
    expect(await constanciaOf(one)).toMatchObject({ ended_as: 'revoked' })
  })

  test('follows an arrival that was undone: the last one ends, and who still earns one gets another', async () => {
    const [both, single] = [await jx.register(db, { jornada_ids: [jx.DAY, jx.NEXT_DAY] }), await attendee()]
    const undo = async (one: jx.Registered, jornada_id: string) => {
      const { rows } = await db.pool.query<{ at: Date }>(
        'select checked_in_at as at from app.seats where submission_id = $1 and jornada_id = $2',
        [one.id, jornada_id],
      )
      const payload = { jornada_id, arrived_at: rows[0]!.at.toISOString() }
      const verdict = await fx.applyOne(db, fx.coordinator, fx.op('door.undo_check_in', one.id, payload))
      expect(verdict.status).toBe('applied')
    }
    await fx.setClock(db, null)
    await attend(both, [jx.DAY, jx.NEXT_DAY])
    expect(await issueAll()).toMatchObject({ issued: 2 })
    const { serial } = (await constanciaOf(both))!
    await undo(single, jx.DAY)
    expect(await constanciaOf(single)).toMatchObject({ ended_as: 'revoked' })
    expect((await fx.openFolio(db, single.row.folio, single.secret)).messages.at(-1)!.text).toContain(
      'Se corrigió el registro de su asistencia.',
    )
    await undo(both, jx.NEXT_DAY)
    const next = (await constanciaOf(both))!
    expect(next.serial).not.toBe(serial)
    expect(next.ended_as).toBeNull()
    await signAll()
    const verdict = await verdictOf((await constanciaOf(both))!.code!)
    expect('constancia' in verdict && verdict.constancia.days).toHaveLength(1)
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
