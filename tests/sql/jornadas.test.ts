/** Registrations for jornadas: permissions, refusals, and the rows and letters of the author. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { JornadaDay, JornadaDetails, Registry } from '@/features/jornadas/registration'
import type { Convocatoria } from '@/domain/rows'
import type { StaffItem } from '@/domain/staffRows'
import { anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import { fullRead } from './reader'

let db: TestDatabase
let body: string
beforeAll(async () => {
  db = await createTestDatabase()
  body = await jx.addBody(db)
})
beforeEach(async () => {
  await jx.clear(db)
  await jx.setDay(db, jx.DAY, 10)
  await jx.setDay(db, jx.NEXT_DAY, 10, '12 days')
  await jx.setDay(db, jx.OTHER_GROUP_DAY, 10, '14 days')
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const send = async (change: Record<string, unknown>) =>
  jx.word(
    await fx.applyOne(
      db,
      anon,
      fx.op('registration.submit', randomUUID(), await jx.registration(db, { body_id: body, ...change }), {
        secret: fx.newSecret(),
      }),
    ),
  )
const granted = [{ key: 'accessibility', granted: true }]

describe('validation of a registration', () => {
  test.each([
    ['one day', {}, 'applied'],
    ['two days', { jornada_ids: [jx.DAY, jx.NEXT_DAY] }, 'applied'],
    ['the same day twice', { jornada_ids: [jx.DAY, jx.DAY] }, 'applied'],
    ['no day', { jornada_ids: [] }, 'jornada_required jornada_ids'],
    ['days that are not an array', { jornada_ids: jx.DAY }, 'malformed_op jornada_ids'],
    ['a day that is a number', { jornada_ids: [1] }, 'malformed_op jornada_ids'],
    ['an unknown day', { jornada_ids: [jx.DAY, randomUUID()] }, 'jornada_unknown jornada_ids'],
    ['a day that is not a UUID', { jornada_ids: [`1' or '1`] }, 'jornada_unknown jornada_ids'],
    [
      'a day of another convocatoria',
      { jornada_ids: ['00000000-0000-4000-8000-0000000b5101'] },
      'jornada_unknown jornada_ids',
    ],
    ['a day to be confirmed', { jornada_ids: [jx.UNDATED_DAY] }, 'jornada_undated jornada_ids'],
    ['an unknown body', { body_id: randomUUID() }, 'body_unknown body_id'],
    ['no body', { body_id: '' }, 'body_unknown body_id'],
    ['a day of the other group', { jornada_ids: [jx.OTHER_GROUP_DAY] }, 'body_ineligible body_id'],
    ['a day of each group', { jornada_ids: [jx.DAY, jx.OTHER_GROUP_DAY] }, 'body_ineligible body_id'],
    ['no name', { display_name: null }, 'name_required display_name'],
    ['an empty name', { display_name: ' ' }, 'name_required display_name'],
    ['a name of 81 characters', { display_name: 'a'.repeat(81) }, 'name_too_long display_name'],
    ['no post', { post: null }, 'post_required post'],
    ['a post of spaces', { post: '\u200b ' }, 'post_required post'],
    ['a post of 120 characters', { post: 'ñ'.repeat(120) }, 'applied'],
    ['a post of 121 characters', { post: 'ñ'.repeat(121) }, 'post_too_long post'],
    ['a post of two lines', { post: 'Una\notra' }, 'applied'],
    ['no email address', { email: null }, 'email_required email'],
    ['an email address without a dot', { email: 'ana@correo' }, 'email_invalid email'],
    ['a need without its consent', { accessibility: 'Rampa' }, 'consent_missing consents'],
    ['a need with its consent', { accessibility: 'Rampa', consents: granted }, 'applied'],
    ['consent without a need', { consents: granted }, 'applied'],
    ['a need of 500 characters', { accessibility: 'a'.repeat(500), consents: granted }, 'applied'],
    [
      'a need of 501 characters',
      { accessibility: 'a'.repeat(501), consents: granted },
      'accessibility_too_long accessibility',
    ],
    [
      'a need of 500 characters and an escape character',
      { accessibility: `${'a'.repeat(500)}\u001b`, consents: granted },
      'applied',
    ],
    ['an outdated notice', { notice_hash: '0'.repeat(64) }, 'notice_outdated notice'],
    ['another campaign', { convocatoria_id: fx.OPEN }, 'convocatoria_unknown convocatoria_id'],
  ])('a registration with %s is answered with its verdict', async (_, change, expected) =>
    expect(await send(change)).toBe(expected),
  )

  test.each(['tribunal_administrativo', 'fideicomiso', 'persona_juridica_colectiva'])(
    'a body of class %s belongs to no group and is not eligible',
    async (key) => {
      expect(await send({ body_id: await jx.addBody(db, key) })).toBe('body_ineligible body_id')
    },
  )

  test('an inactive body is unknown, and a class that staff add to a group becomes eligible', async () => {
    const fund = await jx.addBody(db, 'fideicomiso')
    await db.pool.query(
      `insert into app.group_classes select convocatoria_id, 'fideicomiso', group_id from app.jornadas where id = $1`,
      [jx.DAY],
    )
    expect(await send({ body_id: fund })).toBe('applied')
    await db.pool.query('update app.sujetos_obligados set active = false where id = $1', [fund])
    expect(await send({ body_id: fund })).toBe('body_unknown body_id')
    await db.pool.query(`delete from app.group_classes where class_key = 'fideicomiso'`)
  })

  test('registration for a day closes at its start, and at the end of the day if it has no hour', async () => {
    const { rows } = await db.pool.query<{ at: string; last: string }>(
      `select to_json(starts_at) #>> '{}' as at, to_json(app.end_of_day(on_day)) #>> '{}' as last
       from app.jornadas where id = $1`,
      [jx.DAY],
    )
    const { at, last } = rows[0]!
    const sendAt = async (instant: string) => {
      await fx.setClock(db, instant)
      return send({})
    }
    expect(await sendAt(await fx.shift(db, at, '-1 microsecond'))).toBe('applied')
    expect(await sendAt(at)).toBe('jornada_past jornada_ids')
    await db.pool.query('update app.jornadas set starts_at = null where id = $1', [jx.DAY])
    expect(await sendAt(await fx.shift(db, last, '-1 microsecond'))).toBe('applied')
    expect(await sendAt(last)).toBe('jornada_past jornada_ids')
  })

  test('the historic jornadas accept no registration', async () => {
    const historic = '00000000-0000-4000-8000-0000000000c5'
    expect(await send({ convocatoria_id: historic })).toBe('convocatoria_closed')
  })

  test('a person, by address and name in any spelling, holds at most one seat a day', async () => {
    const email = 'una@edomex.example'
    const two = { email: 'Una@edomex.example', jornada_ids: [jx.DAY, jx.NEXT_DAY] }
    const one = await jx.register(db, two)
    const taken = async () =>
      (await db.pool.query<{ n: number }>('select app.seats_taken($1) as n', [jx.DAY])).rows[0]!.n
    for (const display_name of ['Ana Pérez', ' ANA  PEREZ', 'Ana Pe\u0301rez.'])
      expect(await send({ email, display_name })).toBe('applied')
    expect(await send({ email, jornada_ids: [jx.NEXT_DAY] })).toBe('applied')
    expect(await taken()).toBe(1)
    expect(await send({ email, display_name: 'Ana Pérez Ruiz' })).toBe('applied')
    expect(await taken()).toBe(2)
    expect(await jx.author(db, 'submission.withdraw', one)).toBe('applied')
    expect(await taken()).toBe(2)
  })

  test('a refused registration leaves no row behind', async () => {
    const id = randomUUID()
    const payload = await jx.registration(db, { notice_hash: '0'.repeat(64) })
    await fx.applyOne(db, anon, fx.op('registration.submit', id, payload, { secret: fx.newSecret() }))
    expect((await db.pool.query('select from app.submissions where id = $1', [id])).rowCount).toBe(0)
  })
})

describe('reading registrations', () => {
  test('an author sees the seats with their passes, and staff see the need but no pass', async () => {
    const one = await jx.register(db, {
      body_id: body,
      accessibility: 'Intérprete de lengua de señas',
      consents: granted,
    })
    expect(one.row).toMatchObject({ kind: 'jornadas', state: 'received', display_name: 'Ana Pérez' })
    expect(one.row.content).toEqual({
      body_id: body,
      body_name: expect.stringContaining('Secretaría de prueba'),
      post: 'Titular de la Unidad de Transparencia',
      reminders: ['day'],
      accessibility: true,
      seats: [
        {
          jornada_id: jx.DAY,
          status: 'confirmed',
          place: null,
          offer_until: null,
          pass_code: expect.stringMatching(/^[0-9a-f]{20}$/),
          link: null,
          called_off: false,
          moved_to: null,
        },
      ],
    })
    const item = (await callAs(db, fx.moderator, 'review_item', { p_id: one.id })) as StaffItem<'jornadas'>
    expect(item).toMatchObject({ decisions: [], part_label: one.row.content.body_name })
    expect(item.excerpt).toContain('Foro de arranque y Primera Jornada: ')
    expect(item.content).toMatchObject({ need: 'Intérprete de lengua de señas', accessibility: true })
    expect(JSON.stringify(item)).not.toContain(one.row.content.seats[0]!.pass_code)
  })

  test('nobody can decide on a registration', async () => {
    const { id } = await jx.register(db)
    const verdict = await fx.applyOne(
      db,
      fx.moderator,
      fx.op('review.decide', id, { decision: 'accept' }, { expected_version: 1 }),
    )
    expect(jx.word(verdict)).toBe('transition_invalid decision')
  })

  test('one letter lists the outcome of each day and contains neither a pass nor an answer date', async () => {
    await jx.setDay(db, jx.NEXT_DAY, 1, '12 days')
    await jx.register(db, { jornada_ids: [jx.NEXT_DAY] })
    const { id, row } = await jx.register(db, { jornada_ids: [jx.DAY, jx.NEXT_DAY] })
    const letters = await jx.lettersTo(db, id)
    expect(letters.map(({ subject }) => subject)).toEqual([`Recibimos su inscripción: folio ${row.folio}`])
    expect(letters[0]!.body).toMatch(/Primera Jornada: .* hora del centro de México.*: lugar confirmado/)
    expect(letters[0]!.body).toMatch(/Segunda Jornada: .*: en lista de espera, lugar 1/)
    expect(letters[0]!.body).not.toMatch(/Te respondemos|tu /)
    for (const { pass_code } of row.content.seats)
      if (pass_code) expect(letters[0]!.body).not.toContain(pass_code)
  })

  test('everybody reads the whole registry of active bodies', async () => {
    const gone = await jx.addBody(db)
    await db.pool.query('update app.sujetos_obligados set active = false where id = $1', [gone])
    const { classes, items } = (await callAs(db, anon, 'list_bodies')) as Registry
    expect(classes).toHaveLength(12)
    expect(classes[0]).toEqual({ key: 'poder_ejecutivo', name: 'Poder Ejecutivo' })
    expect(items.find(({ id }) => id === body)).toMatchObject({
      class_key: 'poder_ejecutivo',
      acronym: null,
      municipality: null,
    })
    expect(items.some(({ id }) => id === gone)).toBe(false)
  })

  test('what everybody reads of free seats changes in steps, and tells of no single registration between them', async () => {
    await jx.clear(db)
    await jx.setDay(db, jx.DAY, 24)
    const read = async (cursor: string | null) => fullRead(db, { scope: 'public', cursor })
    let { cursor } = await read(null)
    const published: (number | null)[] = []
    for (let i = 0; i < 24; i++) {
      await jx.register(db)
      const page = await read(cursor)
      cursor = page.cursor
      const row = page.base[`convocatoria/${jx.JORNADAS}`] as Convocatoria | undefined
      const details = row?.details as JornadaDetails | undefined
      published.push(details?.jornadas.find(({ id }) => id === jx.DAY)?.seats_left ?? null)
    }
    const steps = published.flatMap((left, at) => (left === null ? [] : [[24 - at - 1, left]]))
    expect(steps, 'seats that are left, and what is published then').toEqual([
      [9, 1],
      [0, 0],
    ])
    const { rows } = await db.pool.query<{ at: number; shown: number }>(
      'select n as at, app.seats_shown(n, 120) as shown from generate_series(0, 120) n order by n desc',
    )
    const changes = rows.filter(({ shown }, at) => at === 0 || rows[at - 1]!.shown !== shown)
    expect(changes.map(({ at, shown }) => [at, shown])).toEqual([
      [120, 90],
      [89, 60],
      [59, 30],
      [29, 10],
      [9, 1],
      [0, 0],
    ])
  })

  test('a published figure of free seats is never more than there are, and at least nine figures share it', async () => {
    const { rows } = await db.pool.query<{ capacity: number; shown: number; from: number; amount: number }>(
      `select c as capacity, app.seats_shown(n, c) as shown, min(n) as from, count(*)::int as amount
       from generate_series(10, 400) c, generate_series(0, c) n group by 1, 2`,
    )
    expect(rows.filter(({ shown, from }) => shown > from)).toEqual([])
    expect(rows.filter(({ shown, amount }) => shown > 0 && amount < 9)).toEqual([])
  })

  test('staff read how many seats are free', async () => {
    await jx.clear(db)
    await jx.setDay(db, jx.DAY, 24)
    await jx.register(db)
    const { items } = (await callAs(db, fx.coordinator, 'jornada_days')) as { items: JornadaDay[] }
    expect(items.find(({ id }) => id === jx.DAY)!.seats_left).toBe(23)
  })

  test('an author on the waiting list receives the new place when somebody ahead cancels', async () => {
    await jx.clear(db)
    await jx.setDay(db, jx.DAY, 1)
    const [, second, third] = await jx.registerMany(db, 3)
    const mine = { scope: 'mine', id: third!.id, secret: third!.secret } as const
    const { cursor } = await fullRead(db, { ...mine, cursor: null })
    await jx.author(db, 'registration.cancel_day', second!)
    const { base } = await fullRead(db, { ...mine, cursor })
    expect(base[`submission/${third!.id}`]).toMatchObject({ content: { seats: [{ place: 1 }] } })
  })
})

describe('the accessibility need', () => {
  const kept = async (id: string) =>
    (await db.pool.query('select from app.accessibility_needs where submission_id = $1', [id])).rowCount
  const at = async (interval: string) => {
    await fx.setClock(db, await fx.shift(db, new Date().toISOString(), interval))
    await callAs(db, service, 'run_due_jobs')
  }

  test('the accessibility need is deleted after the last day, and its author sees that', async () => {
    const one = await jx.register(db, {
      jornada_ids: [jx.DAY, jx.NEXT_DAY],
      accessibility: 'Rampa',
      consents: granted,
    })
    await at('12 days')
    expect(await kept(one.id)).toBe(1)
    await at('13 days')
    expect(await kept(one.id)).toBe(0)
    expect((await jx.contentOf(db, one)).accessibility).toBe(false)
  })

  test('the accessibility need of a withdrawn registration is deleted once the withdrawal is final', async () => {
    const one = await jx.register(db, { accessibility: 'Rampa', consents: granted })
    await jx.author(db, 'submission.withdraw', one)
    await at('23 hours')
    expect(await kept(one.id)).toBe(1)
    await at('25 hours')
    await at('25 hours')
    expect(await kept(one.id)).toBe(0)
  })
})

test('no letter to the people of a public body says tú: neither of their seats nor of the campaign', async () => {
  await jx.setDay(db, jx.DAY, 2)
  const [one] = await jx.registerMany(db, 1)
  const version = async () =>
    (
      await db.pool.query<{ version: number }>('select version from app.convocatorias where id = $1', [
        jx.JORNADAS,
      ])
    ).rows[0]!.version
  const act = async (name: string, more: object) =>
    callAs(db, fx.coordinator, name, {
      p_id: jx.JORNADAS,
      p_version: await version(),
      p_reason: 'Se acordó en la sesión.',
      ...more,
    })
  const { rows } = await db.pool.query<{ closes: string; answer: string }>(
    `select to_json(closes_at) #>> '{}' as closes, (answer_by + 7)::text as answer from app.convocatorias where id = $1`,
    [jx.JORNADAS],
  )
  await act('retire_convocatoria', {})
  await act('reopen_convocatoria', { p_closes_at: rows[0]!.closes, p_answer_by: rows[0]!.answer })
  const letters = await jx.lettersTo(db, one!.id)
  expect(letters.map(({ subject }) => subject.split(':')[0])).toEqual([
    'Recibimos su inscripción',
    'Se retiró una convocatoria en la que participó',
    'Cambió la fecha de su respuesta',
  ])
  for (const { subject, body } of letters)
    expect(`${subject}\n${body}`).not.toMatch(
      /(^|[^\p{L}])(tú|tu|tus|te|ti|puedes|enviaste|participaste|perdiste|abre|elige)($|[^\p{L}])/iu,
    )
})
