/** What staff write for somebody who asked by telephone, and the free seat that they give to who is first in line. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { StaffItem } from '@/domain/staffRows'
import { type Actor, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as hx from './heldFixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
beforeEach(() => jx.beginWithTwoDays(db))
afterAll(() => db.drop())

const one = async <T extends object>(sql: string, values: unknown[]) =>
  (await db.pool.query<T>(sql, values)).rows[0]
const payloadOf = async (change: object = {}) => ({
  ...(await jx.registration(db, { email: null })),
  channel: 'telephone',
  ...change,
})
const enter = async (change: object = {}, actor: Actor = fx.coordinator, id: string = randomUUID()) => ({
  id,
  verdict: await fx.applyOne(db, actor, fx.op('registration.enter', id, await payloadOf(change))),
})
const word = async (change: object = {}, actor?: Actor, id?: string) =>
  jx.word((await enter(change, actor, id)).verdict)
const statusesOf = async (id: string) =>
  (
    await db.pool.query<{ status: string }>(
      'select status from app.seats where submission_id = $1 order by jornada_id',
      [id],
    )
  ).rows.map(({ status }) => status)

describe('a registration that staff write', () => {
  test('has a seat without a term, keeps who noted each consent and how, and tells its author', async () => {
    const need = {
      accessibility: 'Rampa',
      consents: [{ key: 'accessibility', granted: true }],
      email: 'ana.perez@edomex.example',
    }
    const { id, verdict } = await enter({ ...need, jornada_ids: [jx.DAY, jx.NEXT_DAY] })
    expect(verdict).toMatchObject({
      status: 'applied',
      row: { display_name: 'Ana Pérez', state: 'received' },
    })
    expect(
      await one('select held_until, status from app.seats where submission_id = $1 and jornada_id = $2', [
        id,
        jx.DAY,
      ]),
    ).toEqual({ held_until: null, status: 'confirmed' })
    expect(
      await one('select channel, noted_by, granted from app.consents where submission_id = $1', [id]),
    ).toEqual({
      channel: 'telephone',
      noted_by: fx.coordinator.sub,
      granted: true,
    })
    const events = await db.pool.query(
      `select kind, source, actor_id, message from app.review_events where submission_id = $1`,
      [id],
    )
    expect(events.rows).toEqual([
      {
        kind: 'received',
        source: 'staff',
        actor_id: fx.coordinator.sub,
        message: expect.stringMatching(
          /por teléfono\. Le leyó el aviso de privacidad y usted lo aceptó/u,
        ) as string,
      },
    ])
    const letters = await jx.lettersTo(db, id)
    expect(letters.map(({ subject }) => subject.split(':')[0])).toEqual(['Recibimos su inscripción'])
    const item = (await callAs(db, fx.moderator, 'review_item', { p_id: id })) as StaffItem<'jornadas'>
    expect(item.content).toMatchObject({ need: 'Rampa', confirmed_at: expect.any(String) as string })
  })

  test('without an address writes no letter, and is confirmed all the same', async () => {
    const { id } = await enter()
    expect([await statusesOf(id), await jx.lettersTo(db, id)]).toEqual([['confirmed'], []])
  })

  test('waits at the end of the line of a full day, as anybody’s', async () => {
    await jx.registerMany(db, 3)
    const { id } = await enter()
    expect(await statusesOf(id)).toEqual(['waiting'])
    expect(
      await one(
        'select max(position) = max(position) filter (where submission_id = $1) as is from app.seats',
        [id],
      ),
    ).toEqual({ is: true })
  })

  test('of a day in both modalities is for the one that its person asked for, and no day has one that it has not', async () => {
    const online_ids = [jx.DAY]
    expect(await word({ online_ids })).toBe('transition_invalid online_ids')
    await db.pool.query(
      `update app.jornadas set online_capacity = 1, link = 'https://sala.example/1' where id = $1`,
      [jx.DAY],
    )
    const { id } = await enter({ online_ids })
    await db.pool.query('update app.jornadas set online_capacity = null where id = $1', [jx.DAY])
    expect(await one('select status, online from app.seats where submission_id = $1', [id])).toEqual({
      status: 'confirmed',
      online: true,
    })
  })

  test.each([
    ['a moderator', () => fx.moderator],
    ['an auditor', () => fx.auditor],
    ['a door volunteer', () => fx.doorVolunteer],
    ['a stranger', () => fx.stranger],
  ])('is refused to %s', async (_, actor) => expect(await word({}, actor())).toBe('not_allowed'))

  test('is refused to the coordination of another campaign, and open to an administrator', async () => {
    const elsewhere = await fx.addStaff(db, 'coordinator', { convocatoria: fx.OPEN })
    expect(await word({}, elsewhere)).toBe('not_allowed')
    expect(await word({}, fx.admin)).toBe('applied')
  })

  test.each<[object, string]>([
    [{ channel: null }, 'malformed_op channel'],
    [{ channel: 'app' }, 'malformed_op channel'],
    [{ display_name: ' ' }, 'name_required display_name'],
    [{ post: ' ' }, 'post_required post'],
    [{ email: '' }, 'email_invalid email'],
    [{ email: 'x@y,v0.a' }, 'email_invalid email'],
    [{ jornada_ids: [jx.OTHER_GROUP_DAY] }, 'body_ineligible body_id'],
    [{ jornada_ids: [jx.UNDATED_DAY] }, 'jornada_undated jornada_ids'],
    [{ jornada_ids: [] }, 'jornada_required jornada_ids'],
    [{ accessibility: 'Rampa' }, 'consent_missing consents'],
    [{ notice_hash: 'x' }, 'notice_outdated notice'],
    [{ convocatoria_id: fx.OPEN }, 'convocatoria_unknown convocatoria_id'],
  ])('%o is refused as on a phone: %s', async (change, expected) => expect(await word(change)).toBe(expected))

  test('is refused before the campaign opens, after it closed, and for a day that has begun', async () => {
    const { rows } = await db.pool.query<{ opens: string; closes: string }>(
      `select (opens_at - interval '1 minute')::text as opens, app.received_until(c)::text as closes
       from app.convocatorias c where id = $1`,
      [jx.JORNADAS],
    )
    await fx.setClock(db, rows[0]!.opens)
    expect(await word()).toBe('convocatoria_not_open')
    await fx.setClock(db, rows[0]!.closes)
    expect(await word()).toBe('convocatoria_closed')
    await fx.setClock(db, null)
    await jx.setDay(db, jx.DAY, 2, '-1 hour')
    expect(await word()).toBe('jornada_past jornada_ids')
  })

  test.each<[string, object, object]>([
    ['name in the same body, whatever its accents', { display_name: 'ANA  PEREZ' }, {}],
    [
      'address and name',
      { email: 'ana@edomex.example' },
      { email: 'ana@edomex.example', body_id: undefined },
    ],
  ])('a person who has the day already, by %s, is named to staff', async (_, second, first) => {
    const body_id = await jx.addBody(db)
    const known = { body_id, ...first }
    if (known.body_id === undefined) known.body_id = await jx.addBody(db)
    const before = await enter(known)
    expect(jx.word(before.verdict)).toBe('applied')
    expect(await word({ body_id, ...second })).toBe('already_registered jornada_ids')
    expect(await word({ body_id, ...second, jornada_ids: [jx.NEXT_DAY] }), 'another day').toBe('applied')
    expect(await word({ body_id, display_name: 'Rosa Luna' }), 'a colleague').toBe('applied')
  })

  test('a repeated op and another one with its id change nothing, and no id of anybody else is taken over', async () => {
    const { id } = await enter()
    expect(await word({ display_name: 'Otra' }, fx.coordinator, id)).toBe('applied')
    expect(await one('select display_name from app.contacts where submission_id = $1', [id])).toEqual({
      display_name: 'Ana Pérez',
    })
    const own = await jx.register(db)
    expect(await word({}, fx.coordinator, own.id)).toBe('submission_unknown')
    expect(await word({}, fx.admin, id)).toBe('submission_unknown')
  })
})

describe('a free seat by hand', () => {
  const give = async ({ id }: { id: string }, actor: Actor = fx.coordinator, change: object = {}) => {
    const { version } = (await one<{ version: number }>('select version from app.submissions where id = $1', [
      id,
    ]))!
    const op = fx.op(
      'registration.seat',
      id,
      { jornada_id: jx.DAY, reason: 'Está en la puerta.', ...change },
      { expected_version: version },
    )
    return jx.word(await fx.applyOne(db, actor, op))
  }
  /** Three people of a day with two seats, and a seat that became free when it was too late to offer it. */
  async function freeSeat() {
    const all = [...(await jx.registerMany(db, 2)), await jx.register(db, { email: 'nadie@edomex.example' })]
    all.push(await jx.register(db))
    await jx.setDay(db, jx.DAY, 2, '1 hour')
    await jx.author(db, 'registration.cancel_day', all[0]!)
    expect(await jx.seatsOf(db, all)).toEqual(['cancelled', 'confirmed', 'waiting 1', 'waiting 2'])
    return all
  }

  test('goes to who is first in line, without a term, as an event with its reason and a letter', async () => {
    const all = await freeSeat()
    expect(await give(all[3]!)).toBe('not_first_in_line jornada_id')
    expect(await give(all[2]!)).toBe('applied')
    expect(await jx.seatsOf(db, all)).toEqual(['cancelled', 'confirmed', 'confirmed', 'waiting 1'])
    expect(await hx.seatOf(db, all[2]!)).not.toHaveProperty('held_until')
    const folio = await fx.openFolio(db, all[2]!.row.folio, all[2]!.secret)
    expect(folio.messages.at(-1)!.text).toContain('Está en la puerta.')
    expect((await jx.lettersTo(db, all[2]!.id)).at(-1)!.subject).toContain('Ya tiene lugar')
    expect(await give(all[3]!)).toBe('no_free_seat jornada_id')
  })

  test('needs the coordination, a reason, a place in the line, and a day that is neither over nor cancelled', async () => {
    const all = await freeSeat()
    for (const actor of [fx.moderator, fx.auditor, fx.doorVolunteer, fx.stranger])
      expect(await give(all[2]!, actor)).toBe('not_allowed')
    expect(await give(all[2]!, fx.coordinator, { reason: ' ' })).toBe('reason_required reason')
    expect(await give(all[1]!)).toBe('seat_unknown jornada_id')
    expect(await give(all[2]!, fx.coordinator, { jornada_id: jx.NEXT_DAY })).toBe('seat_unknown jornada_id')
    await db.pool.query(
      `update app.jornadas set cancelled_at = app.now(), cancel_reason = 'x' where id = $1`,
      [jx.DAY],
    )
    expect(await give(all[2]!)).toBe('jornada_cancelled jornada_id')
    await db.pool.query('update app.jornadas set cancelled_at = null, cancel_reason = null where id = $1', [
      jx.DAY,
    ])
    await jx.setDay(db, jx.DAY, 2, '-2 hours')
    await db.pool.query(`update app.jornadas set ends_at = app.now() - interval '1 minute' where id = $1`, [
      jx.DAY,
    ])
    expect(await give(all[2]!)).toBe('jornada_past jornada_id')
    await db.pool.query(`update app.jornadas set ends_at = app.now() + interval '1 hour' where id = $1`, [
      jx.DAY,
    ])
    expect(await give(all[2]!), 'a day that has begun').toBe('applied')
  })
})
