/** Bodies that have not registered: staff see which, and write to their liaisons at most twice. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { LiaisonFigures } from '@/features/jornadas/liaisons'
import { callAs, createTestDatabase, type Actor, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import { createMailbox } from './mailFixtures'

let db: TestDatabase
let group: string
let coordinator: Actor
beforeAll(async () => {
  db = await createTestDatabase()
  const { rows } = await db.pool.query<{ id: string }>(
    'select group_id as id from app.jornadas where id = $1',
    [jx.DAY],
  )
  group = rows[0]!.id
  coordinator = fx.coordinator
  await jx.setDay(db, jx.DAY, 9)
})
beforeEach(async () => {
  await jx.clear(db)
  for (const table of [
    'body_letters',
    'letter_acts',
    'body_liaisons',
    'mail_addresses',
    'suppressed_addresses',
  ])
    await db.pool.query(`delete from app.${table}`)
  await db.pool.query('update app.sujetos_obligados set active = false')
})
afterAll(() => db.drop())

/** A body of the group whose liaison has this address; null: none. */
async function body(email: string | null) {
  const id = await jx.addBody(db)
  if (email)
    await db.pool.query(`insert into app.body_liaisons (body_id, name, email) values ($1, 'Luz', $2)`, [
      id,
      email,
    ])
  return id
}
const figures = async (actor = coordinator) => {
  const answer = (await callAs(db, actor, 'liaison_figures', {
    p_convocatoria: jx.JORNADAS,
  })) as LiaisonFigures
  return { ...answer, group: answer.groups.find(({ id }) => id === group)! }
}
const write = (p_kind: string, actor = coordinator) =>
  callAs(db, actor, 'write_to_liaisons', { p_group: group, p_kind })
const passDays = (days: number) =>
  db.pool.query('update app.body_letters set at = at - make_interval(days => $1)', [days])
const letters = async () =>
  (
    await db.pool.query<{ recipient: string; subject: string; body: string }>(
      'select * from app.mail_queue order by id',
    )
  ).rows

test('staff see of each group which bodies are missing, and whom a letter can reach', async () => {
  const registered = await body('uno@edomex.example')
  await jx.register(db, { body_id: registered, jornada_ids: [jx.DAY] })
  await body('dos@edomex.example')
  await body(null)
  const { group: one, can_send } = await figures()
  expect(can_send).toBe(true)
  expect([one.bodies, one.counts]).toEqual([3, { invite: 1, no_address: 1 }])
  expect(one.missing).toHaveLength(2)
  expect((await figures(fx.auditor)).can_send).toBe(false)
  expect(await fx.outcome(figures(fx.stranger))).toBe('PT403 not_allowed')
})

test('a liaison is invited once and reminded once, three days later, and not after the body registered', async () => {
  const [silent, prompt] = [await body('silencio@edomex.example'), await body('pronto@edomex.example')]
  expect(await write('reminder')).toEqual({ sent: 0, left: 0 })
  expect(await write('invitation')).toEqual({ sent: 2, left: 0 })
  expect(await write('invitation')).toEqual({ sent: 0, left: 0 })
  await passDays(2)
  expect((await figures()).group.counts).toEqual({ waits: 2 })
  expect(await write('reminder')).toEqual({ sent: 0, left: 0 })
  await passDays(1)
  await jx.register(db, { body_id: prompt, jornada_ids: [jx.DAY] })
  expect(await write('reminder')).toEqual({ sent: 1, left: 0 })
  await passDays(30)
  expect(await write('reminder')).toEqual({ sent: 0, left: 0 })
  expect((await figures()).group.counts).toEqual({ done: 1 })
  const sent = (await letters()).filter(({ recipient }) => recipient === 'silencio@edomex.example')
  expect(sent.map(({ subject }) => subject.split(':')[0])).toEqual(['Invitación', 'Recordatorio'])
  expect(silent).not.toBe(prompt)
})

test('what staff read before sending is what leaves, with the body’s own name', async () => {
  const id = await body('una@edomex.example')
  const { rows } = await db.pool.query<{ name: string }>(
    'select name from app.sujetos_obligados where id = $1',
    [id],
  )
  const preview = (await figures()).group.letters.invitation
  await write('invitation')
  const [letter] = await letters()
  expect(letter!.subject).toBe(preview.subject)
  expect(letter!.body).toContain(preview.body.replace('su institución', rows[0]!.name))
  expect(letter!.body).toContain('{{app}}/c/jornadas-de-transparencia-proactiva')
})

test('one tap in the first letter ends the others', async () => {
  await body('basta@edomex.example')
  await write('invitation')
  const mail = createMailbox(db)
  const [letter] = await mail.take()
  expect(letter).toMatchObject({ asks: true, own: false, token: expect.any(String) as string })
  await mail.choose('basta@edomex.example', 'stop')
  await passDays(3)
  expect((await figures()).group.counts).toEqual({ stopped: 1 })
  expect(await write('reminder')).toEqual({ sent: 0, left: 0 })
})

test('a hundred leave a call', async () => {
  for (let n = 0; n < 101; n++) await body(`enlace${n}@edomex.example`)
  expect(await write('invitation')).toEqual({ sent: 100, left: 1 })
  expect(await write('invitation')).toEqual({ sent: 1, left: 0 })
})

test('only the coordination writes, while the campaign is open, and the log says who and to how many', async () => {
  await body('a@edomex.example')
  await body('b@edomex.example')
  for (const actor of [fx.moderator, fx.auditor, fx.doorVolunteer])
    expect(await fx.outcome(write('invitation', actor))).toBe('PT403 not_allowed')
  await write('invitation')
  const { items } = (await callAs(db, fx.auditor, 'list_log', { p_area: 'letter' })) as { items: object[] }
  expect(items).toMatchObject([
    { kind: 'invited', about: '2 instituciones', actor: 'Coordinación de ejemplo' },
  ])
  const { rows } = await db.pool.query<{ at: Date }>(
    'select closes_at as at from app.convocatorias where id = $1',
    [jx.JORNADAS],
  )
  await fx.setClock(db, rows[0]!.at.toISOString())
  expect(await fx.outcome(write('invitation'))).toBe('PT409 convocatoria_closed')
  await fx.setClock(db, null)
})
