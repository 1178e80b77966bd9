/** The campaign editor: who may write, what a calendar must keep, and what people were promised. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { needsReason, refuseDates, refuseMilestones } from '@/domain/calendar'
import type { CampaignAnswer, CampaignData, CampaignDraft, CampaignList } from '@/domain/campaignDraft'
import { type Actor, anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const sound = (change: Partial<CampaignData> = {}): CampaignData => ({
  kind: 'propuestas',
  slug: `consulta-${randomUUID().slice(0, 8)}`,
  title: 'Consulta de prueba',
  summary: 'Resumen.',
  label: null,
  question: '¿Qué falta?',
  who_decides: 'Una comisión.',
  what_happens_next: 'Te respondemos.',
  source: null,
  opens_at: '2036-11-06T00:00:00-06:00',
  closes_at: '2036-11-14T23:59:59-06:00',
  grace_hours: 48,
  inputs_on: '2036-11-05',
  results_on: '2036-11-19',
  answer_by: '2036-11-28',
  notice_id: fx.NOTICE,
  milestones: [{ on: '2036-11-06', until: '2036-11-14', title: 'Recepción', note: null }],
  ...change,
})
const save = (
  data: unknown,
  p_id: string | null = null,
  version: number | null = null,
  actor: Actor = fx.coordinator,
) =>
  callAs(db, actor, 'save_convocatoria', {
    p_id,
    p_expected_version: version,
    p_data: data,
  }) as Promise<CampaignAnswer>
const publish = (id: string, version: number, actor: Actor = fx.coordinator) =>
  callAs(db, actor, 'publish_convocatoria', {
    p_id: id,
    p_expected_version: version,
  }) as Promise<CampaignAnswer>
const draft = (id: string | null, actor: Actor = fx.coordinator) =>
  callAs(db, actor, 'convocatoria_draft', { p_id: id }) as Promise<CampaignDraft>
/** The code and field of a refusal, `ok` when there is none. */
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { message: string; detail?: string }) => [error.message, error.detail].filter(Boolean).join(' '),
  )
const isPublic = async (id: string) => JSON.stringify(await callAs(db, anon, 'bootstrap')).includes(id)

describe('writing', () => {
  test('a draft is nobody’s but the editors’, and public once it is published', async () => {
    const { id, version, published, data } = await save(sound())
    expect({ version, published }).toEqual({ version: 1, published: false })
    expect(data).toMatchObject({ kind: 'propuestas', grace_hours: 48, milestones: [{ title: 'Recepción' }] })
    expect(await isPublic(id)).toBe(false)
    const list = (await callAs(db, fx.coordinator, 'list_convocatorias')) as CampaignList
    expect(list.items.find((one) => one.id === id)).toMatchObject({ published: false, can_edit: true })
    expect(await publish(id, 1)).toMatchObject({ version: 2, published: true })
    expect(await isPublic(id)).toBe(true)
    expect(await refusal(publish(id, 2))).toBe('already_published')
  })

  test('who saves over another’s version is told, and nothing is changed', async () => {
    const { id } = await save(sound())
    await save(sound({ title: 'De alguien más' }), id, 1)
    expect(await fx.outcome(save(sound({ title: 'Tarde' }), id, 1, fx.admin))).toBe('PT409 conflict')
    expect((await draft(id)).data?.title).toBe('De alguien más')
    expect(await fx.outcome(publish(id, 1))).toBe('PT409 conflict')
  })

  test('each change is an event with what it changed', async () => {
    const data = sound()
    const { id } = await save(data)
    await save({ ...data, title: 'Otro título', reason: 'Faltaba una palabra' }, id, 1, fx.admin)
    await publish(id, 2)
    expect(
      (await draft(id)).events.map(({ kind, actor, fields, reason }) => [kind, actor, fields, reason]),
    ).toEqual([
      ['published', 'Coordinación de ejemplo', [], null],
      ['changed', 'Administración de ejemplo', ['title'], 'Faltaba una palabra'],
      ['created', 'Coordinación de ejemplo', expect.arrayContaining(['title', 'closes_at']), null],
    ])
  })

  test.each<[string, Partial<Record<keyof CampaignData, unknown>>, string]>([
    ['no title', { title: ' ' }, 'text_required title'],
    ['a title of 121', { title: 'a'.repeat(121) }, 'text_too_long title'],
    ['a control character', { summary: 'a\u001b' }, 'body_invalid summary'],
    ['no kind', { kind: null }, 'kind_required kind'],
    ['a strange kind', { kind: 'bingo' }, 'kind_required kind'],
    ['a strange address', { slug: 'Ñandú' }, 'slug_invalid slug'],
    ['an address that is taken', { slug: 'cultura-de-gobierno-abierto' }, 'slug_taken slug'],
    ['a notice that is not there', { notice_id: randomUUID() }, 'notice_unknown notice_id'],
    ['a day that is not there', { answer_by: '2036-02-30' }, 'date_invalid answer_by'],
    ['words for an instant', { opens_at: 'now' }, 'date_invalid opens_at'],
    ['milestones that are none', { milestones: [1] }, 'malformed_op milestones'],
  ])('refuses %s', async (_, change, expected) =>
    expect(await refusal(save({ ...sound(), ...change }))).toBe(expected),
  )

  test('a notice that was written becomes the next version of its title, and cannot be rewritten', async () => {
    const notice = {
      title: 'Aviso de la prueba',
      simplified: ['Uno.'],
      full: [{ heading: 'H', paragraphs: ['P.'] }],
      consents: [{ key: 'publish', text: 'Sí', required: false }],
    }
    const first = await save({ ...sound(), notice })
    const second = await save({ ...first.data, notice }, first.id, 1)
    const known = (await draft(first.id)).notices.filter(({ title }) => title === notice.title)
    expect(known.map(({ version }) => version)).toEqual([2, 1])
    expect(second.data.notice_id).toBe(known[0]!.id)
    expect(await refusal(save({ ...sound(), notice: { ...notice, full: [] } }))).toBe(
      'notice_incomplete simplified',
    )
  })
})

describe('the calendar', () => {
  const days = [null, '2036-11-05', '2036-11-06', '2036-11-13', '2036-11-14', '2036-11-15']
  const cases: Partial<CampaignData>[] = [
    ...days.map((answer_by) => ({ answer_by })),
    ...days.map((results_on) => ({ results_on })),
    ...days.map((inputs_on) => ({ inputs_on })),
    ...[null, 0, 168, 169].map((grace_hours) => ({ grace_hours })),
    ...[null, '2036-11-06T00:00:00-06:00', '2036-11-06T00:00:01-06:00'].map((closes_at) => ({ closes_at })),
    { opens_at: null },
    {
      milestones: [
        { on: '2036-11-06', until: null, title: 'a', note: null },
        { on: '2036-11-05', until: null, title: 'b', note: null },
      ],
    },
    { milestones: [{ on: null, until: '2036-11-05', title: 'a', note: null }] },
    { milestones: [{ on: '2036-11-06', until: '2036-11-05', title: 'a', note: null }] },
    { milestones: [{ on: null, until: null, title: ' ', note: null }] },
  ]
  test.each(cases)('the phone’s hint is the server’s word: %j', async (change) => {
    const data = sound(change)
    const [first] = [...refuseDates(data), ...refuseMilestones(data.milestones)]
    expect(await refusal(save(data))).toBe(first ? `${first.code} ${first.field}` : 'ok')
  })

  test.each<Partial<CampaignData>>([
    { closes_at: '2036-11-14T23:59:58-06:00' },
    { closes_at: '2036-11-15T23:59:59-06:00', results_on: '2036-11-19' },
    { answer_by: '2036-11-29' },
    { answer_by: '2036-11-27' },
    { opens_at: '2036-11-07T00:00:00-06:00' },
    { grace_hours: 47 },
    { title: 'Otro' },
  ])('once announced, a reason is kept where something is taken back: %j', async (change) => {
    const data = sound()
    const { id } = await save(data)
    await publish(id, 1)
    const after = { ...data, ...change }
    const wanted = needsReason(data, after)
    expect(await refusal(save(after, id, 2))).toBe(wanted ? 'change_reason_required reason' : 'ok')
    if (wanted) expect(await refusal(save({ ...after, reason: 'Lo pidió la comisión.' }, id, 2))).toBe('ok')
  })

  test('a draft changes freely, a published address does not', async () => {
    const data = sound()
    const { id } = await save(data)
    expect(await refusal(save({ ...data, answer_by: '2036-12-24', slug: `${data.slug}-b` }, id, 1))).toBe(
      'ok',
    )
    await publish(id, 2)
    expect(await refusal(save({ ...data, answer_by: '2036-12-24' }, id, 3))).toBe('slug_fixed slug')
  })

  test('what has closed already is not published', async () => {
    const { id } = await save(sound())
    await fx.setClock(db, '2036-11-14T23:59:59-06:00')
    expect(await refusal(publish(id, 1))).toBe('closing_past closes_at')
  })
})

describe('who', () => {
  test.each([
    ['a moderator', fx.moderator],
    ['an auditor', fx.auditor],
  ])('%s reads the list and edits nothing', async (_, actor) => {
    const { id } = await save(sound())
    const list = (await callAs(db, actor, 'list_convocatorias')) as CampaignList
    expect(list.can_create).toBe(false)
    expect(list.items.find((one) => one.id === id)).toMatchObject({ can_edit: false })
    expect(await fx.outcome(draft(id, actor))).toBe('PT403 not_allowed')
    expect(await fx.outcome(save(sound(), id, 1, actor))).toBe('PT403 not_allowed')
    expect(await fx.outcome(publish(id, 1, actor))).toBe('PT403 not_allowed')
  })

  test('a coordinator of one convocatoria edits that one, and makes none', async () => {
    const data = sound()
    const { id } = await save(data)
    const local = await fx.addStaff(db, 'coordinator', { convocatoria: id })
    expect(await fx.outcome(save({ ...data, title: 'Mía' }, id, 1, local))).toBe('ok')
    expect(await fx.outcome(save(sound(), null, null, local))).toBe('PT403 not_allowed')
    expect(await fx.outcome(draft(fx.OPEN, local))).toBe('PT403 not_allowed')
  })

  test('one that is not there is told only to those who edit all', async () => {
    expect(await fx.outcome(draft(randomUUID()))).toBe('PT404 convocatoria_unknown')
    expect(await fx.outcome(save(sound(), randomUUID(), 1))).toBe('PT404 convocatoria_unknown')
  })
})

test.each([
  'update app.convocatoria_events set kind = $$x$$',
  'delete from app.convocatoria_events',
  'truncate app.convocatoria_events',
])('history is kept: %s', async (sql) => {
  await save(sound())
  expect(await fx.outcome(db.pool.query(sql))).toBe('55000')
})
