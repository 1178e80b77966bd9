/** What acts on somebody's behalf keep, and what they and the list of registrations refuse, rule by rule. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OpKind } from '@/domain/ops'
import type { RegistrationPage } from '@/features/jornadas/registrationList'
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

const sql = async <T extends object>(text: string, values: unknown[] = []) =>
  (await db.pool.query<T>(text, values)).rows
const versionOf = async (id: string) =>
  (await sql<{ version: number }>('select version from app.submissions where id = $1', [id]))[0]!.version
const send = async (kind: OpKind, { id }: { id: string }, payload: object, actor: Actor = fx.coordinator) =>
  fx.applyOne(
    db,
    actor,
    fx.op(kind, id, { reason: 'Lo pidió.', ...payload }, { expected_version: await versionOf(id) }),
  )
const word = async (...args: Parameters<typeof send>) => jx.word(await send(...args))
const move = (one: { id: string }, change: object = {}) =>
  word('registration.reassign', one, { jornada_id: jx.DAY, to: jx.NEXT_DAY, ...change })
const release = (one: { id: string }, jornada_id: string | null = jx.DAY) =>
  word('registration.release', one, { jornada_id })
const statusOf = async ({ id }: { id: string }, day = jx.DAY) =>
  (
    await sql<{ status: string }>(
      'select status from app.seats where submission_id = $1 and jornada_id = $2',
      [id, day],
    )
  )[0]?.status

test.each([
  ['registration.amend', { post: 'Otra' }],
  ['registration.release', { jornada_id: jx.DAY }],
  ['registration.reassign', { jornada_id: jx.DAY, to: jx.NEXT_DAY }],
  ['registration.seat', { jornada_id: jx.DAY }],
] as const)('%s is refused to the coordination of another campaign', async (kind, payload) => {
  const elsewhere = await fx.addStaff(db, 'coordinator', { convocatoria: fx.OPEN })
  expect(await word(kind, await jx.register(db), payload, elsewhere)).toBe('not_allowed')
})

describe('a correction', () => {
  test('of the post alone keeps the name', async () => {
    const one = await jx.register(db)
    expect(await word('registration.amend', one, { post: 'Directora' })).toBe('applied')
    expect(await sql('select display_name from app.contacts where submission_id = $1', [one.id])).toEqual([
      { display_name: 'Ana Pérez' },
    ])
  })

  test('to the address that it has changes nothing and writes nothing', async () => {
    const one = await jx.register(db, { email: 'ana@edomex.example' })
    const letters = await jx.lettersTo(db, one.id)
    expect(await word('registration.amend', one, { email: 'ANA@edomex.example ' })).toBe('applied')
    expect([await versionOf(one.id), await jx.lettersTo(db, one.id)]).toEqual([1, letters])
  })

  test('of an address that no letter reached lets letters go out again, by the key of the new one', async () => {
    const one = await jx.register(db)
    await sql('update app.contacts set email_unusable = true where submission_id = $1', [one.id])
    await word('registration.amend', one, { email: 'nueva@edomex.example' })
    expect(
      await sql(
        `select email_unusable, email_key = app.address_key('nueva@edomex.example') as is_key
         from app.contacts where submission_id = $1`,
        [one.id],
      ),
    ).toEqual([{ email_unusable: false, is_key: true }])
  })

  test('of a name makes it the person’s, so that the same person is known again', async () => {
    const email = await jx.confirmedAddress(db)
    const one = await jx.register(db, { email })
    await word('registration.amend', one, { display_name: 'Ana Prueba' })
    const again = await jx.register(db, { email, display_name: 'ana prueba' })
    expect(await statusOf(again)).toBe('repeated')
  })

  test('is refused once the person’s data were erased', async () => {
    const one = await jx.register(db)
    await sql('update app.submissions set contact_erased_at = app.now() where id = $1', [one.id])
    expect(await word('registration.amend', one, { post: 'Otra' })).toBe('submission_erased')
  })
})

describe('a cancelled day', () => {
  test.each(['waiting', 'offered', 'set_apart', 'repeated'])('may be one that is %s', async (status) => {
    const email = await jx.confirmedAddress(db)
    await jx.register(db, { email })
    const all = await jx.registerMany(db, 2)
    const one = status === 'repeated' ? await jx.register(db, { email }) : all[1]!
    if (status === 'offered') await jx.author(db, 'registration.cancel_day', all[0]!)
    if (status === 'set_apart')
      await sql(`update app.seats set status = 'set_apart' where submission_id = $1`, [one.id])
    expect(await statusOf(one)).toBe(status)
    expect(await release(one)).toBe('applied')
    expect(await statusOf(one)).toBe('cancelled')
  })

  test('that is cancelled already stays so, also when another day of the person has begun', async () => {
    const one = await jx.register(db, { jornada_ids: [jx.DAY, jx.NEXT_DAY] })
    await release(one, jx.NEXT_DAY)
    await jx.setDay(db, jx.DAY, 2, '-1 hour')
    expect(await release(one, jx.NEXT_DAY)).toBe('applied')
  })
})

describe('a day given for another', () => {
  test('is neither cancelled, without a date, nor over', async () => {
    const one = await jx.register(db)
    await sql(`update app.jornadas set cancelled_at = app.now(), cancel_reason = 'x' where id = $1`, [
      jx.NEXT_DAY,
    ])
    expect(await move(one)).toBe('jornada_cancelled to')
    await sql('update app.jornadas set cancelled_at = null, cancel_reason = null where id = $1', [
      jx.NEXT_DAY,
    ])
    await sql('update app.jornadas set on_day = null, starts_at = null, ends_at = null where id = $1', [
      jx.NEXT_DAY,
    ])
    expect(await move(one)).toBe('jornada_undated to')
    await jx.setDay(db, jx.NEXT_DAY, 1, '-2 days')
    expect(await move(one), 'without an hour of its end').toBe('jornada_past to')
  })

  test('replaces neither a day that the person gave up, one that was replaced before, nor one attended', async () => {
    const one = await jx.register(db)
    await release(one)
    expect(await move(one)).toBe('seat_unknown jornada_id')
    const two = await jx.register(db)
    await sql(
      `update app.seats set status = 'cancelled', pass_code = null, called_off = true, moved_to = $2
       where submission_id = $1`,
      [two.id, jx.OTHER_GROUP_DAY],
    )
    expect(await move(two)).toBe('seat_unknown jornada_id')
    const three = await jx.register(db)
    await sql(
      `update app.seats set status = 'attended', checked_in_at = app.now() where submission_id = $1`,
      [three.id],
    )
    expect(await move(three)).toBe('jornada_past jornada_id')
  })

  /** Runs the work while somebody else holds the lock of the day; `release` ends their transaction. */
  async function whileHeld(
    work: (end: () => Promise<void>, client: { query(text: string): unknown }) => Promise<void>,
  ) {
    const client = await db.pool.connect()
    try {
      await client.query('begin')
      await client.query('select app.lock_jornadas(array[$1::uuid])', [jx.NEXT_DAY])
      await work(async () => void (await client.query('commit')), client)
    } finally {
      await client.query('rollback')
      client.release()
    }
  }

  test('waits for whoever gives seats of it at that moment', async () => {
    const one = await jx.register(db)
    await whileHeld(async () => {
      expect(await send('registration.reassign', one, { jornada_id: jx.DAY, to: jx.NEXT_DAY })).toMatchObject(
        {
          status: 'retry',
          code: 'busy',
        },
      )
    })
  })

  test('is judged as it stands once it is this act’s turn', async () => {
    const one = await jx.register(db)
    await whileHeld(async (end, client) => {
      await client.query(
        `update app.jornadas set cancelled_at = app.now(), cancel_reason = 'x' where id = '${jx.NEXT_DAY}'`,
      )
      const moved = move(one)
      const waits = `select from pg_locks where locktype = 'advisory' and not granted and database =
        (select oid from pg_database where datname = current_database())`
      while ((await sql(waits)).length === 0) await new Promise((next) => setTimeout(next, 5))
      await end()
      expect(await moved).toBe('jornada_cancelled to')
    })
    await sql('update app.jornadas set cancelled_at = null, cancel_reason = null where id = $1', [
      jx.NEXT_DAY,
    ])
  })
})

describe('the list of registrations', () => {
  const list = async (args: object, actor: Actor = fx.coordinator) =>
    (
      (await callAs(db, actor, 'list_registrations', args as Record<string, unknown>)) as RegistrationPage
    ).items.map(({ id }) => id)

  test('shows a member of another campaign none, by no way of asking', async () => {
    const one = await jx.register(db)
    const elsewhere = await fx.addStaff(db, 'moderator', { convocatoria: fx.OPEN })
    const ways = [
      {},
      { p_jornada: jx.DAY },
      { p_status: 'confirmed' },
      { p_search: one.row.folio },
      { p_search: 'ana perez' },
      { p_convocatoria: jx.JORNADAS },
    ]
    for (const args of ways) expect(await list(args, elsewhere)).toEqual([])
    for (const args of ways) expect(await list(args)).toEqual([one.id])
    expect(await list({ p_convocatoria: fx.OPEN })).toEqual([])
  })

  test('finds nobody by words that name nobody', async () => {
    await jx.register(db)
    for (const p_search of ['a', '—', '¿?', 'zzqx']) expect(await list({ p_search })).toEqual([])
  })

  test('counts what waits for staff among who waits, and what repeats another as its author sees it', async () => {
    const email = await jx.confirmedAddress(db)
    const first = await jx.register(db, { email })
    const repeated = await jx.register(db, { email })
    const apart = await jx.register(db, { email: hx.newAddress() })
    await sql(
      `update app.seats set status = 'set_apart', pass_code = null, held_until = null where submission_id = $1`,
      [apart.id],
    )
    expect(await list({ p_status: 'confirmed' })).toEqual([first.id, repeated.id])
    expect(await list({ p_jornada: jx.DAY, p_status: 'waiting' })).toEqual([apart.id])
    expect(await list({ p_status: 'waiting', p_search: 'ana perez' })).toEqual([apart.id])
    expect(await list({ p_status: 'waiting', p_jornada: jx.NEXT_DAY })).toEqual([])
  })

  test('names a person of several days once, in the order of arrival, and within a day whoever waits first', async () => {
    const both = await jx.register(db, { jornada_ids: [jx.DAY, jx.NEXT_DAY] })
    const later = await jx.register(db, { jornada_ids: [jx.NEXT_DAY] })
    const last = await jx.register(db)
    expect(await list({ p_status: 'confirmed' })).toEqual([both.id, last.id])
    expect(await list({ p_jornada: jx.NEXT_DAY })).toEqual([later.id, both.id])
    expect(await list({})).toEqual([both.id, later.id, last.id])
  })
})
