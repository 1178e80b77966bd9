/** What became of the actions of a renewed strategy: who notes it, what everybody reads, who is told, and «¿Se hizo?». */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RenewedStrategy } from '@/features/propuestas/renewal'
import type { CampaignResults, ResultsDesk } from '@/features/propuestas/results'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import { answeredFinding, CLOSED, published, writeEdition } from './resultFixtures'

let db: TestDatabase
let author: fx.Sent
let other: fx.Sent
beforeAll(async () => {
  db = await createTestDatabase()
  author = await published(db, {
    body: 'Que las mesas sean en sábado, cerca de la plaza.',
    email: 'ana@correo.mx',
  })
  other = await published(db, { body: 'Que los formatos se puedan llenar a mano también.' })
  const finding = await answeredFinding(db, 'Mesas en sábado', [author.id])
  await answeredFinding(db, 'Formatos a mano', [other.id])
  const part = (id: string, change: string, findings: object[]) => ({
    id,
    kind: id === fx.PARAGRAPH ? 'paragraph' : 'action',
    number: id === fx.ACTION ? '1.1' : '9',
    change,
    findings,
    new: change === 'removed' ? null : { title: 'Mesas', body: 'En sábado.' },
  })
  const text = JSON.stringify({
    parts: [
      part(fx.ACTION, 'changed', [{ id: finding, title: 'Mesas en sábado' }]),
      part(fx.PARAGRAPH, 'same', []),
      part(GONE, 'removed', []),
    ],
  })
  await db.pool.query(
    `insert into app.renewals (convocatoria_id, number, text, hash, written_by, approved_by)
     values ($1, 1, $2, app.sha256_hex($2), $3, $4)`,
    [fx.OPEN, text, fx.coordinator.sub, fx.admin.sub],
  )
})
afterAll(() => db.drop())

const GONE = randomUUID()
const note = (change: object = {}, actor = fx.coordinator) =>
  callAs(db, actor, 'note_followup', {
    p_id: fx.OPEN,
    p_part: fx.ACTION,
    p_state: 'under_way',
    p_words: 'Ya hay tres mesas en sábado.',
    p_link: 'https://ejemplo.mx/mesas',
    p_area: 'Difusión',
    p_on_day: '2026-01-10',
    p_seen: 0,
    ...change,
  }) as Promise<ResultsDesk>
const tell = async () => (await db.pool.query<{ n: number }>('select app.tell_followups() as n')).rows[0]!.n
const folio = async ({ row, secret }: fx.Sent) =>
  (await fx.openFolio(db, row.folio, secret)) as fx.Sent['row']
const told = async (one: fx.Sent) => (await folio(one)).content.analysis?.followups
const answer = (one: fx.Sent, p_followup: string, p_done: boolean | null) =>
  callAs(db, anon, 'answer_followup', { p_folio: one.row.folio, p_secret: one.secret, p_followup, p_done })
const desk = async () =>
  ((await callAs(db, fx.coordinator, 'results_desk', { p_id: fx.OPEN })) as ResultsDesk).followups

test.each<[string, object, string]>([
  ['another state', { p_state: 'soon' }, 'PT422 malformed_op'],
  ['no evidence', { p_words: ' ' }, 'PT422 text_required'],
  ['a link that is no page', { p_link: 'http://ejemplo.mx' }, 'PT422 link_invalid'],
  ['nobody responsible', { p_area: '' }, 'PT422 text_required'],
  ['no day', { p_on_day: null }, 'PT422 date_invalid'],
  ['a day to come of what is done', { p_state: 'done', p_on_day: '2199-01-01' }, 'PT422 date_invalid'],
  ['a paragraph', { p_part: fx.PARAGRAPH }, 'PT404 part_unknown'],
  ['an action that was taken out', { p_part: GONE }, 'PT404 part_unknown'],
  ['states that the caller has not seen', { p_seen: 1 }, 'PT409 conflict'],
])('with %s is refused', async (_, change, outcome) => {
  expect(await fx.outcome(note(change))).toBe(outcome)
})

test('a coordinator notes it and nobody else, and no state is ever rewritten', async () => {
  expect(await fx.outcome(note({}, fx.moderator))).toBe('PT403 not_allowed')
  expect((await desk()).map(({ number, states }) => [number, states.length])).toEqual([['1.1', 0]])
  const { followups } = await note()
  expect(followups[0]!.states).toMatchObject([
    {
      state: 'under_way',
      words: 'Ya hay tres mesas en sábado.',
      area: 'Difusión',
      on_day: '2026-01-10',
      yes: 0,
    },
  ])
  await expect(db.pool.query(`update app.part_followups set state = 'done' where true`)).rejects.toThrow(
    'append-only',
  )
})

test('the authors whose findings are behind the change are told once for each state, by letter where they chose one', async () => {
  const letters = async () =>
    (
      await db.pool.query(
        `select from app.mail_queue where submission_id = $1 and subject like 'Hay novedades%'`,
        [author.id],
      )
    ).rowCount
  const before = (await letters())!
  expect([await tell(), await tell()]).toEqual([1, 0])
  expect(await letters()).toBe(before + 1)
  expect((await folio(author)).messages.at(-1)).toMatchObject({
    step: 'followed',
    text: '1.1 · Mesas: Está en curso. Ya hay tres mesas en sábado.',
  })
  expect([await told(author), await told(other)]).toMatchObject([
    [{ state: 'under_way', number: '1.1' }],
    undefined,
  ])
})

test('an author answers for what they were told, may change it, and staff read how many', async () => {
  const { id } = (await told(author))![0]!
  expect(await fx.outcome(answer(other, id, true))).toBe('PT404 submission_unknown')
  expect(await fx.outcome(answer(author, id, null))).toBe('PT422 malformed_op')
  await answer(author, id, true)
  expect(await answer(author, id, false)).toEqual({ done: false })
  expect(await told(author)).toMatchObject([{ id, done: false }])
  expect((await desk())[0]!.states[0]).toMatchObject({ yes: 0, not_yet: 1 })
})

test('a later state is told again, and the answer belongs to the state it was given for', async () => {
  await note({ p_state: 'done', p_words: 'Se hicieron las cinco.', p_link: null, p_seen: 1 })
  expect(await tell()).toBe(1)
  expect(await told(author)).toMatchObject([{ state: 'done' }])
  expect((await told(author))![0]).not.toHaveProperty('done')
  expect((await desk())[0]!.states.map(({ state, not_yet }) => [state, not_yet])).toEqual([
    ['done', 0],
    ['under_way', 1],
  ])
})

test('everybody reads the states without names, and the open data have them as rows of their own', async () => {
  const renewed = (await callAs(db, anon, 'renewed_strategy', { p_convocatoria: fx.OPEN })) as RenewedStrategy
  expect(renewed.followups!.map(({ state, link }) => [state, link])).toEqual([
    ['done', null],
    ['under_way', 'https://ejemplo.mx/mesas'],
  ])
  expect(Object.keys(renewed.followups![0]!).sort()).toEqual([
    'area',
    'at',
    'id',
    'link',
    'number',
    'on_day',
    'part_id',
    'state',
    'title',
    'words',
  ])
  await fx.setClock(db, CLOSED)
  await callAs(db, fx.coordinator, 'publish_results', { p_id: fx.OPEN, p_number: 1 })
  const steps = await writeEdition(db)
  const rows = steps[0]!.head!.filter(({ tipo }) => tipo === 'seguimiento')
  expect(rows).toMatchObject([
    {
      parte: '1.1',
      estado: 'en_curso',
      evidencia: 'Ya hay tres mesas en sábado.',
      responsable: 'Difusión',
      fecha: '2026-01-10',
    },
    { parte: '1.1', estado: 'hecha', enlace: null },
  ])
  const { edition } = (await callAs(db, anon, 'campaign_results', {
    p_convocatoria: fx.OPEN,
  })) as CampaignResults
  expect(edition.number).toBe(1)
  await fx.setClock(db, null)
})

test('what an author answered goes with the content of the proposal', async () => {
  const { id } = (await told(author))![0]!
  await answer(author, id, true)
  await db.pool.query('select app.erase_propuesta($1)', [author.id])
  expect((await desk())[0]!.states[0]).toMatchObject({ yes: 0 })
})
