/** The mesa of a consultation: who writes and publishes it, what is missing, and what everybody reads. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CampaignMesa, MesaData, MesaDesk } from '@/features/propuestas/mesa'
import type { Actor } from '../support/database'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import { answeredFinding, CLOSED, published } from './resultFixtures'

let db: TestDatabase
let finding: string
beforeAll(async () => {
  db = await createTestDatabase()
  const { id } = await published(db, { email: 'ana@correo.mx' })
  finding = await answeredFinding(db, 'Mesas en sábado', [id])
})
beforeEach(() => fx.setClock(db, CLOSED))
afterAll(() => db.drop())

const WHOLE: MesaData = {
  meeting_id: jx.JORNADAS,
  title: 'Mesa de resultados',
  lead: 'Te contamos qué dijeron las propuestas.',
  agenda: [{ id: randomUUID(), title: 'Bienvenida', minute: 0, at: null }],
  findings: [],
  recording: null,
  recording_insumo: null,
}
const desk = (actor: Actor = fx.coordinator) =>
  callAs(db, actor, 'mesa_desk', { p_id: fx.OPEN }) as Promise<MesaDesk>
const save = async (change: object = {}, actor: Actor = fx.coordinator) =>
  callAs(db, actor, 'save_mesa', {
    p_id: fx.OPEN,
    p_version: (await desk()).version,
    p_data: JSON.stringify({ ...WHOLE, ...change }),
  }) as Promise<MesaDesk>
const publish = async (actor: Actor = fx.coordinator) =>
  callAs(db, actor, 'publish_mesa', { p_id: fx.OPEN, p_version: (await desk()).version }) as Promise<MesaDesk>
const read = () =>
  callAs(db, anon, 'campaign_mesa', { p_convocatoria: fx.OPEN }) as Promise<CampaignMesa | null>
const details = async () =>
  (await db.pool.query<{ d: { mesa?: string } | null }>('select app.propuesta_details($1) as d', [fx.OPEN]))
    .rows[0]!.d
const AN_ID = randomUUID()

test.each<[string, object, string]>([
  ['findings of no board', { findings: [AN_ID] }, 'malformed_op'],
  ['findings that are no list', { findings: 'x' }, 'malformed_op'],
  ['a recording that is no page', { recording: 'http://ejemplo.mx' }, 'link_invalid'],
  ['a sound that is no insumo', { recording_insumo: AN_ID }, 'malformed_op'],
  ['a point without an id', { agenda: [{ title: 'x', minute: 1 }] }, 'malformed_op'],
  ['a minute after a day', { agenda: [{ id: AN_ID, title: 'x', minute: 1441 }] }, 'number_invalid'],
  ['41 points', { agenda: Array.from({ length: 41 }, () => ({ id: randomUUID() })) }, 'list_too_long'],
  ['a long title', { title: 'x'.repeat(121) }, 'text_too_long'],
])('a draft with %s is not saved', async (_, change, code) => {
  expect(await fx.outcome(save(change))).toBe(`PT422 ${code}`)
})

test.each<[string, object, string]>([
  ['a campaign that takes no registrations', { meeting_id: fx.COMING }, 'meeting_id meeting_required'],
  ['no campaign', { meeting_id: null }, 'meeting_id meeting_required'],
  ['no agenda', { agenda: [] }, 'agenda text_required'],
  [
    'a point without its minute',
    { agenda: [{ id: AN_ID, title: 'x' }] },
    `agenda-${AN_ID}-minute number_required`,
  ],
  ['no title', { title: ' ' }, 'title text_required'],
])('a draft with %s is saved and not published', async (_, change, problem) => {
  const { problems } = await save(change)
  expect(problems.map(({ field, code }) => `${field} ${code}`)).toEqual([problem])
  expect(await fx.outcome(publish())).toBe(`PT422 ${problem.split(' ')[1]}`)
})

test('findings and their counts are not public while propuestas are received', async () => {
  await fx.setClock(db, null)
  expect((await save({ findings: [finding] })).problems).toMatchObject([{ code: 'still_receiving' }])
  expect(await fx.outcome(publish())).toBe('PT422 still_receiving')
})

test('only who edits the campaign writes it, and of two people at once the second one reads first', async () => {
  expect(await fx.outcome(save({}, fx.moderator))).toBe('PT403 not_allowed')
  expect(await fx.outcome(publish(fx.auditor))).toBe('PT403 not_allowed')
  const { version } = await save()
  const again = callAs(db, fx.admin, 'save_mesa', { p_id: fx.OPEN, p_version: version - 1, p_data: '{}' })
  expect(await fx.outcome(again)).toBe('PT409 conflict')
  expect((await desk(fx.auditor)).can_edit).toBe(false)
})

test('what is published is read with its findings, its day and its seats; a later draft changes nothing of it', async () => {
  await save({ findings: [finding] })
  expect([await read(), await details()]).toEqual([null, null])
  const { published_at } = await publish()
  expect(await details()).toEqual({ mesa: published_at })
  await save({ title: 'Otro título', findings: [] })
  const { mesa, meeting } = (await read())!
  expect(mesa).toEqual({
    title: 'Mesa de resultados',
    lead: 'Te contamos qué dijeron las propuestas.',
    agenda: [{ title: 'Bienvenida', minute: 0, at: null }],
    findings: [{ title: 'Mesas en sábado', count: 1 }],
    recording: null,
    insumo_id: null,
  })
  expect(meeting).toMatchObject({ slug: 'jornadas-de-transparencia-proactiva' })
  expect(meeting!.days[0]).toMatchObject({ cancelled: false, title: expect.any(String) as string })
})

test('a day that moves is read as it is now, and a campaign that is not public any more is not named', async () => {
  await db.pool.query(`update app.jornadas set place = 'Otra sala' where id = $1`, [jx.DAY])
  expect((await read())!.meeting!.days.some(({ place }) => place === 'Otra sala')).toBe(true)
  await db.pool.query('update app.convocatorias set published = false where id = $1', [jx.JORNADAS])
  expect((await read())!.meeting).toBeNull()
  await db.pool.query('update app.convocatorias set published = true where id = $1', [jx.JORNADAS])
})
