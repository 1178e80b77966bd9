/** The campaign editor: its permissions, the rules of a calendar, and the promises made to people. */
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

const validCampaign = (change: Partial<CampaignData> = {}): CampaignData => ({
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
/** The code and field of a refusal, or `ok`. */
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { message: string; detail?: string }) => [error.message, error.detail].filter(Boolean).join(' '),
  )
const isPublic = async (id: string) => JSON.stringify(await callAs(db, anon, 'bootstrap')).includes(id)

describe('saving a campaign', () => {
  test('only editors see a draft, and everybody sees it once it is published', async () => {
    const { id, version, published, data } = await save(validCampaign())
    expect({ version, published }).toEqual({ version: 1, published: false })
    expect(data).toMatchObject({ kind: 'propuestas', grace_hours: 48, milestones: [{ title: 'Recepción' }] })
    expect(await isPublic(id)).toBe(false)
    const list = (await callAs(db, fx.coordinator, 'list_convocatorias')) as CampaignList
    expect(list.items.find((one) => one.id === id)).toMatchObject({ published: false, can_edit: true })
    expect(await publish(id, 1)).toMatchObject({ version: 2, published: true })
    expect(await isPublic(id)).toBe(true)
    expect(await refusal(publish(id, 2))).toBe('already_published')
  })

  test('saving or publishing an outdated version is a conflict and changes nothing', async () => {
    const { id } = await save(validCampaign())
    await save(validCampaign({ title: 'De alguien más' }), id, 1)
    expect(await fx.outcome(save(validCampaign({ title: 'Tarde' }), id, 1, fx.admin))).toBe('PT409 conflict')
    expect((await draft(id)).data?.title).toBe('De alguien más')
    expect(await fx.outcome(publish(id, 1))).toBe('PT409 conflict')
  })

  test('each change is recorded as an event with the changed fields', async () => {
    const data = validCampaign()
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
    ['a title of 121 characters', { title: 'a'.repeat(121) }, 'text_too_long title'],
    ['a control character', { summary: 'a\u001b' }, 'body_invalid summary'],
    ['no kind', { kind: null }, 'kind_required kind'],
    ['an unknown kind', { kind: 'bingo' }, 'kind_required kind'],
    ['an invalid slug', { slug: 'Ñandú' }, 'slug_invalid slug'],
    ['a slug that is taken', { slug: 'cultura-de-gobierno-abierto' }, 'slug_taken slug'],
    ['an unknown notice', { notice_id: randomUUID() }, 'notice_unknown notice_id'],
    ['a day that does not exist', { answer_by: '2036-02-30' }, 'date_invalid answer_by'],
    ['an opening that is not a timestamp', { opens_at: 'now' }, 'date_invalid opens_at'],
    ['milestones that are not objects', { milestones: [1] }, 'malformed_op milestones'],
  ])('a campaign with %s is refused', async (_, change, expected) =>
    expect(await refusal(save({ ...validCampaign(), ...change }))).toBe(expected),
  )

  test('a saved notice becomes the next version of its title, and an incomplete notice is refused', async () => {
    const notice = {
      title: 'Aviso de la prueba',
      simplified: ['Uno.'],
      full: [{ heading: 'H', paragraphs: ['P.'] }],
      consents: [{ key: 'publish', text: 'Sí', required: false }],
    }
    const first = await save({ ...validCampaign(), notice })
    const second = await save({ ...first.data, notice }, first.id, 1)
    const known = (await draft(first.id)).notices.filter(({ title }) => title === notice.title)
    expect(known.map(({ version }) => version)).toEqual([2, 1])
    expect(second.data.notice_id).toBe(known[0]!.id)
    expect(await refusal(save({ ...validCampaign(), notice: { ...notice, full: [] } }))).toBe(
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
  test.each(cases)('the phone and the server judge a calendar alike: %j', async (change) => {
    const data = validCampaign(change)
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
  ])('a published campaign needs a reason for a change that takes something away: %j', async (change) => {
    const data = validCampaign()
    const { id } = await save(data)
    await publish(id, 1)
    const after = { ...data, ...change }
    const wanted = needsReason(data, after)
    expect(await refusal(save(after, id, 2))).toBe(wanted ? 'change_reason_required reason' : 'ok')
    if (wanted) expect(await refusal(save({ ...after, reason: 'Lo pidió la comisión.' }, id, 2))).toBe('ok')
  })

  test('a draft can change its slug and a published campaign cannot', async () => {
    const data = validCampaign()
    const { id } = await save(data)
    expect(await refusal(save({ ...data, answer_by: '2036-12-24', slug: `${data.slug}-b` }, id, 1))).toBe(
      'ok',
    )
    await publish(id, 2)
    expect(await refusal(save({ ...data, answer_by: '2036-12-24' }, id, 3))).toBe('slug_fixed slug')
  })

  test('a campaign that has already closed cannot be published', async () => {
    const { id } = await save(validCampaign())
    await fx.setClock(db, '2036-11-14T23:59:59-06:00')
    expect(await refusal(publish(id, 1))).toBe('closing_past closes_at')
  })
})

describe('campaign permissions', () => {
  test.each([
    ['a moderator', fx.moderator],
    ['an auditor', fx.auditor],
  ])('%s reads the list of campaigns and edits none', async (_, actor) => {
    const { id } = await save(validCampaign())
    const list = (await callAs(db, actor, 'list_convocatorias')) as CampaignList
    expect(list.can_create).toBe(false)
    expect(list.items.find((one) => one.id === id)).toMatchObject({ can_edit: false })
    expect(await fx.outcome(draft(id, actor))).toBe('PT403 not_allowed')
    expect(await fx.outcome(save(validCampaign(), id, 1, actor))).toBe('PT403 not_allowed')
    expect(await fx.outcome(publish(id, 1, actor))).toBe('PT403 not_allowed')
  })

  test('the coordinator of one convocatoria edits it and can neither create nor edit another', async () => {
    const data = validCampaign()
    const { id } = await save(data)
    const local = await fx.addStaff(db, 'coordinator', { convocatoria: id })
    expect(await fx.outcome(save({ ...data, title: 'Mía' }, id, 1, local))).toBe('ok')
    expect(await fx.outcome(save(validCampaign(), null, null, local))).toBe('PT403 not_allowed')
    expect(await fx.outcome(draft(fx.OPEN, local))).toBe('PT403 not_allowed')
  })

  test('an unknown campaign is reported as unknown to a coordinator of all campaigns', async () => {
    expect(await fx.outcome(draft(randomUUID()))).toBe('PT404 convocatoria_unknown')
    expect(await fx.outcome(save(validCampaign(), randomUUID(), 1))).toBe('PT404 convocatoria_unknown')
  })
})

test.each([
  'update app.convocatoria_events set kind = $$x$$',
  'delete from app.convocatoria_events',
  'truncate app.convocatoria_events',
])('the history of campaigns cannot be rewritten: %s', async (sql) => {
  await save(validCampaign())
  expect(await fx.outcome(db.pool.query(sql))).toBe('55000')
})
