/** The studio: sections are saved with their problems, and a campaign is published whole or not at all. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { refuseDates, refuseMilestones } from '@/domain/calendar'
import type {
  CampaignAnswer,
  CampaignDraft,
  CampaignList,
  CampaignPreview,
  DatesSection,
  SectionAnswer,
} from '@/domain/campaignDraft'
import * as cs from '../support/campaignSections'
import {
  asActor,
  type Actor,
  anon,
  callAs,
  createTestDatabase,
  service,
  type TestDatabase,
} from '../support/database'
import * as fx from './fixtures'
import { fullRead } from './reader'

type Kind = 'propuestas' | 'videos' | 'jornadas'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await db.pool.query(`update app.sujetos_obligados set active = false where class_key = 'fideicomiso'`)
  await db.pool.query(
    `insert into app.sujetos_obligados (name, class_key) values ('Ayuntamiento de ejemplo', 'ayuntamiento')`,
  )
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const create = async (kind: Kind, actor: Actor = fx.coordinator) =>
  ((await callAs(db, actor, 'create_convocatoria', { p_id: randomUUID(), p_kind: kind })) as CampaignAnswer)
    .id
const save = (id: string, section: string, data: unknown, version = 0, actor: Actor = fx.coordinator) =>
  callAs(db, actor, 'save_section', {
    p_id: id,
    p_section: section,
    p_expected_version: version,
    p_data: data,
  }) as Promise<SectionAnswer>
const draft = (id: string, actor: Actor = fx.coordinator) =>
  callAs(db, actor, 'convocatoria_draft', { p_id: id }) as Promise<CampaignDraft>
const publish = async (
  id: string,
  more: { p_at?: string; p_reason?: string } = {},
  actor: Actor = fx.coordinator,
) =>
  callAs(db, actor, 'publish_convocatoria', {
    p_id: id,
    p_revision: (await draft(id)).revision,
    ...more,
  }) as Promise<CampaignAnswer>
/** The code and field of a refusal, or `ok`. */
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { message: string; detail?: string }) => [error.message, error.detail].filter(Boolean).join(' '),
  )
const saveAll = async (id: string, sections: Record<string, object>) => {
  for (const [section, data] of Object.entries(sections)) await save(id, section, data)
}
const publishedCampaign = async (kind: Kind, sections: Record<string, object> = cs.wholeCampaign(kind)) => {
  const id = await create(kind)
  await saveAll(id, sections)
  await publish(id)
  return id
}
const isPublic = async (id: string) => JSON.stringify(await callAs(db, anon, 'bootstrap')).includes(id)
/** `section: code field`, without what is only worth a look. */
const problemsOf = async (id: string) =>
  (await draft(id)).sections.flatMap(({ section, problems }) =>
    problems.filter(({ level }) => level !== 'look').map(({ code, field }) => `${section}: ${code} ${field}`),
  )

describe('from an empty draft to a public campaign', () => {
  test.each<Kind>(['propuestas', 'videos', 'jornadas'])(
    'a campaign of kind %s is written and published',
    async (kind) => {
      const id = await create(kind)
      expect(await refusal(publish(id))).toMatch(/^campaign_incomplete/)
      await saveAll(id, cs.wholeCampaign(kind))
      expect(await problemsOf(id)).toEqual([])
      expect(await isPublic(id)).toBe(false)
      expect(await publish(id)).toMatchObject({ published: true })
      expect(await isPublic(id)).toBe(true)
      const row = await db.pool.query<{ row: object }>('select app.convocatoria_row($1) as row', [id])
      expect(row.rows[0]!.row).toMatchObject({ kind, title: 'Campaña de prueba' })
    },
  )

  test.each<Kind>(['propuestas', 'videos', 'jornadas'])(
    'a published campaign of kind %s reads back as what was written',
    async (kind) => {
      const sections = cs.wholeCampaign(kind)
      const id = await publishedCampaign(kind, sections)
      for (const { section, data, pending } of (await draft(id)).sections) {
        if (['aviso', 'fechas', 'jornadas'].includes(section)) continue // a new id; instants in another notation
        expect([section, pending, data]).toEqual([
          section,
          false,
          expect.objectContaining(sections[section]!),
        ])
      }
    },
  )

  test('an empty draft of each kind lists everything that is missing', async () => {
    expect(await problemsOf(await create('propuestas'))).toContain(
      'estrategia: strategy_without_action parts',
    )
    expect(await problemsOf(await create('videos'))).toContain('pilares: pillars_required pillars')
    expect(await problemsOf(await create('jornadas'))).toContain('grupos: groups_required groups')
    expect(await problemsOf(await create('videos'))).toEqual(
      expect.arrayContaining([
        'textos: text_required title',
        'fechas: closes_required closes_at',
        'aviso: notice_unknown notice_id',
      ]),
    )
  })

  test('creating a draft twice with one id makes one draft', async () => {
    const call = { p_id: randomUUID(), p_kind: 'videos' }
    await callAs(db, fx.coordinator, 'create_convocatoria', call)
    await callAs(db, fx.coordinator, 'create_convocatoria', call)
    expect((await draft(call.p_id)).events).toHaveLength(1)
  })
})

describe('saving a section', () => {
  test('an incomplete section is kept, and its title shows in the list', async () => {
    const id = await create('propuestas')
    const { version, problems } = await save(id, 'textos', { title: 'A medias' })
    expect(version).toBe(1)
    expect(problems).toContainEqual({ field: 'summary', code: 'text_required', level: 'missing' })
    const list = (await callAs(db, fx.coordinator, 'list_convocatorias')) as CampaignList
    expect(list.items.find((one) => one.id === id)).toMatchObject({
      title: 'A medias',
      published: false,
      opens_at: null,
    })
  })

  test('two people who write one section at once: the second learns of the first and nothing changes', async () => {
    const id = await create('propuestas')
    await save(id, 'textos', { title: 'De Lucía' })
    expect(await refusal(save(id, 'textos', { title: 'De Iván' }, 0, fx.admin))).toBe('conflict')
    expect((await draft(id)).sections[0]!.data).toEqual({ title: 'De Lucía' })
  })

  test('two people who write two sections at once are both kept', async () => {
    const id = await create('propuestas')
    await Promise.all([save(id, 'textos', { title: 'T' }), save(id, 'insumos', cs.insumos(), 0, fx.admin)])
    expect((await draft(id)).revision).toBe(2)
  })

  test('publishing names the revision that was seen', async () => {
    const id = await create('videos')
    await saveAll(id, cs.wholeCampaign('videos'))
    const seen = (await draft(id)).revision
    await save(id, 'textos', cs.textos({ title: 'De alguien más' }), 1, fx.admin)
    const late = callAs(db, fx.coordinator, 'publish_convocatoria', { p_id: id, p_revision: seen })
    expect(await refusal(late)).toBe('conflict')
    expect(await isPublic(id)).toBe(false)
  })

  const part = cs.estrategia()
  test.each<[string, Kind, string, object, string]>([
    ['a title of 121 characters', 'propuestas', 'textos', { title: 'a'.repeat(121) }, 'text_too_long title'],
    ['a text that is a number', 'propuestas', 'textos', { summary: 7 }, 'malformed_op summary'],
    [
      'a day that does not exist',
      'propuestas',
      'fechas',
      { answer_by: '2036-02-30' },
      'date_invalid answer_by',
    ],
    ['an opening that is a word', 'propuestas', 'fechas', { opens_at: 'now' }, 'date_invalid opens_at'],
    [
      'milestones that are no objects',
      'propuestas',
      'fechas',
      { milestones: [1] },
      'malformed_op milestones',
    ],
    [
      'a notice without paragraphs',
      'propuestas',
      'aviso',
      { notice: { title: 'x', simplified: 'x' } },
      'malformed_op simplified',
    ],
    [
      'a notice whose sections are words',
      'videos',
      'aviso',
      { notice: { title: 'x', simplified: ['a'], full: ['b'], consents: [] } },
      'malformed_op full',
    ],
    [
      'parts that share an id',
      'propuestas',
      'estrategia',
      { topics: part.topics, parts: [part.parts[0], part.parts[0]] },
      'malformed_op parts',
    ],
    [
      'a part without a topic',
      'propuestas',
      'estrategia',
      { topics: [], parts: [part.parts[1]] },
      `malformed_op part-${part.parts[1]!.id}`,
    ],
    ['a pillar without a key', 'videos', 'pilares', { pillars: [{ title: 'x' }] }, 'malformed_op pillars'],
    ['a length below zero', 'videos', 'video', { ...cs.video(), min_s: -1 }, 'number_invalid min_s'],
    [
      'a class that does not exist',
      'jornadas',
      'grupos',
      { groups: [{ id: part.topics[0]!.id, name: 'x', classes: ['bingo'] }] },
      `malformed_op group-${part.topics[0]!.id}`,
    ],
    [
      'a capacity of zero',
      'jornadas',
      'jornadas',
      { days: [{ id: part.topics[0]!.id, capacity: 0 }] },
      `number_invalid day-${part.topics[0]!.id}-capacity`,
    ],
  ])('a section with %s is refused', async (_, kind, section, data, expected) => {
    expect(await refusal(save(await create(kind), section, data))).toBe(expected)
  })

  test('a part of another campaign cannot be taken over by its id', async () => {
    const strategy = cs.estrategia()
    await publishedCampaign('propuestas', { ...cs.wholeCampaign('propuestas'), estrategia: strategy })
    const id = await create('propuestas')
    expect(await refusal(save(id, 'estrategia', strategy))).toBe('malformed_op topics')
  })

  test('a section that the kind does not have is refused', async () => {
    expect(await refusal(save(await create('videos'), 'estrategia', {}))).toBe('malformed_op')
  })
})

describe('what publishing needs', () => {
  /** One whole campaign with one thing wrong, and the problem that stops it. */
  const withChange = async (kind: Kind, section: string, change: (data: never) => object) => {
    const sections = cs.wholeCampaign(kind)
    sections[section] = change(structuredClone(sections[section]) as never)
    const id = await create(kind)
    await saveAll(id, sections)
    return {
      id,
      problems: (await problemsOf(id)).map((line) => line.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')),
    }
  }
  type Parts = ReturnType<typeof cs.estrategia>
  type Groups = ReturnType<typeof cs.grupos>
  type Days = ReturnType<typeof cs.jornadas>
  const day = (change: object) => (data: Days) => ({ days: [{ ...data.days[0], ...change }] })
  test.each<[Kind, string, string, (data: never) => object]>([
    ['propuestas', 'textos', 'textos: slug_invalid slug', () => cs.textos({ slug: 'Ñandú' })],
    [
      'videos',
      'textos',
      'textos: text_unfilled who_decides',
      () => cs.textos({ who_decides: '[completar: comité u órgano] elige los videos.' }),
    ],
    [
      'propuestas',
      'textos',
      'textos: slug_taken slug',
      () => cs.textos({ slug: 'cultura-de-gobierno-abierto' }),
    ],
    [
      'propuestas',
      'fechas',
      'fechas: closes_before_opens closes_at',
      () => cs.fechas({ closes_at: '2036-11-05T00:00:00Z', milestones: [] }),
    ],
    [
      'propuestas',
      'fechas',
      'fechas: closing_past closes_at',
      () =>
        cs.fechas({ opens_at: '2020-01-01T00:00:00Z', closes_at: '2020-01-09T00:00:00Z', inputs_on: null }),
    ],
    ['propuestas', 'fechas', 'fechas: answer_required answer_by', () => cs.fechas({ answer_by: null })],
    ['propuestas', 'aviso', 'aviso: notice_incomplete full', () => cs.aviso('propuestas', { full: [] })],
    [
      'propuestas',
      'aviso',
      'aviso: text_required notice-title',
      () => cs.aviso('propuestas', { title: ' ' }),
    ],
    [
      'propuestas',
      'estrategia',
      'estrategia: answerer_required part-ID-answered_by',
      ({ topics, parts }: Parts) => ({ topics, parts: parts.map((one) => ({ ...one, answered_by: null })) }),
    ],
    [
      'propuestas',
      'estrategia',
      'estrategia: text_required part-ID',
      ({ topics, parts: [a, b] }: Parts) => ({ topics, parts: [a, { ...b, body: ' ' }] }),
    ],
    [
      'propuestas',
      'estrategia',
      'estrategia: number_taken part-ID',
      ({ topics, parts: [a, b] }: Parts) => ({ topics, parts: [a, { ...b, number: 'A1' }] }),
    ],
    [
      'propuestas',
      'estrategia',
      'estrategia: strategy_without_action parts',
      ({ topics, parts }: Parts) => ({ topics, parts: parts.slice(1) }),
    ],
    [
      'propuestas',
      'insumos',
      'insumos: text_required insumo-ID-title',
      () => ({ items: [{ id: randomUUID(), title: '', summary: 'x', body: 'x' }] }),
    ],
    ['videos', 'pilares', 'pilares: pillars_required pillars', () => ({ pillars: [] })],
    [
      'videos',
      'pilares',
      'pilares: text_required pillar-a',
      () => ({ pillars: [{ key: 'a', title: 'A', hint: '' }] }),
    ],
    ['videos', 'video', 'video: file_limit max_bytes', () => cs.video({ max_bytes: 400_000_000 })],
    ['videos', 'video', 'video: limits_disordered max_s', () => cs.video({ min_s: 60, max_s: 30 })],
    ['videos', 'video', 'video: licence_past licence_until', () => cs.video({ licence_until: '2020-01-01' })],
    ['videos', 'video', 'video: licence_required licence_until', () => cs.video({ licence_until: null })],
    ['videos', 'video', 'video: number_required max_s', () => cs.video({ max_s: null })],
    [
      'jornadas',
      'grupos',
      'grupos: group_without_classes group-ID',
      ({ groups }: Groups) => ({ groups: [{ ...groups[0], classes: [] }] }),
    ],
    [
      'jornadas',
      'grupos',
      'grupos: group_without_bodies group-ID',
      ({ groups }: Groups) => ({ groups: [{ ...groups[0], classes: ['fideicomiso'] }] }),
    ],
    [
      'jornadas',
      'grupos',
      'grupos: class_in_two_groups group-ID',
      ({ groups }: Groups) => ({ groups: [groups[0], { ...groups[0], id: randomUUID() }] }),
    ],
    ['jornadas', 'jornadas', 'jornadas: group_without_days group-days-ID', () => ({ days: [] })],
    ['jornadas', 'jornadas', 'jornadas: group_required day-ID', day({ group_id: null })],
    [
      'jornadas',
      'jornadas',
      'jornadas: hour_required day-ID-starts',
      day({ starts_at: null, ends_at: null }),
    ],
    ['jornadas', 'jornadas', 'jornadas: place_required day-ID-place', day({ place: ' ' })],
    ['jornadas', 'jornadas', 'jornadas: capacity_required day-ID-capacity', day({ capacity: null })],
    ['jornadas', 'jornadas', 'jornadas: modality_required day-ID-modality', day({ modality: null })],
    [
      'jornadas',
      'jornadas',
      'jornadas: ends_before_starts day-ID-ends',
      day({ ends_at: '2036-11-18T09:00:00-06:00' }),
    ],
    ['jornadas', 'jornadas', 'jornadas: link_invalid day-ID-link', day({ link: 'http://x.example' })],
    [
      'jornadas',
      'jornadas',
      'jornadas: day_past day-ID-on',
      day({ on_day: '2020-01-07', starts_at: '2020-01-07T10:00:00-06:00', ends_at: null }),
    ],
  ])('%s, %s: «%s» stops it', async (kind, section, expected, change) => {
    const { id, problems } = await withChange(kind, section, change)
    expect(problems).toContain(expected)
    expect(await refusal(publish(id))).toMatch(/^campaign_incomplete/)
    expect(await isPublic(id)).toBe(false)
    const preview = callAs(db, fx.coordinator, 'preview_convocatoria', { p_id: id })
    expect(await refusal(preview)).toBe('ok') // a half-written draft can be looked at
  })

  test('a day without a date is «por confirmar» and stops nothing', async () => {
    const sections = cs.wholeCampaign('jornadas') as { jornadas: Days } & Record<string, object>
    sections.jornadas = day({
      on_day: null,
      starts_at: null,
      ends_at: null,
      place: null,
      capacity: null,
      modality: null,
    })(sections.jornadas) as Days
    const id = await create('jornadas')
    await saveAll(id, sections)
    expect(await refusal(publish(id))).toBe('ok')
  })
})

describe('the calendar', () => {
  const days = [null, '2036-11-05', '2036-11-06', '2036-11-13', '2036-11-14', '2036-11-15']
  const cases: Partial<DatesSection>[] = [
    ...days.map((answer_by) => ({ answer_by })),
    ...days.map((results_on) => ({ results_on })),
    ...days.map((inputs_on) => ({ inputs_on })),
    ...[null, 0, 168].map((grace_hours) => ({ grace_hours })),
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
    const data = cs.fechas(change)
    const here = [...refuseDates(data), ...refuseMilestones(data.milestones)].map(
      ({ code, field }) => `${code} ${field}`,
    )
    const { problems } = await save(await create('propuestas'), 'fechas', data)
    const there = problems
      .filter(({ level }) => level === 'missing')
      .map(({ code, field }) => `${code} ${field}`)
    expect(
      there.map((one) => one.replace('number_required grace_hours', 'grace_invalid grace_hours')).sort(),
    ).toEqual(here.sort())
  })

  test.each<[Partial<DatesSection>, boolean]>([
    [{ closes_at: '2036-11-14T23:59:58-06:00' }, true],
    [{ closes_at: '2036-11-15T23:59:59-06:00' }, false],
    [{ answer_by: '2036-11-29' }, true],
    [{ answer_by: '2036-11-27' }, false],
    [{ opens_at: '2036-11-07T00:00:00-06:00' }, true],
    [{ opens_at: '2036-11-05T00:00:00-06:00', inputs_on: null }, false],
    [{ grace_hours: 47 }, true],
    [{ grace_hours: 49 }, false],
    [{ results_on: '2036-11-20' }, true],
    [{ results_on: '2036-11-18' }, false],
    [{ results_on: null }, true],
    [{ inputs_on: '2036-11-04' }, false],
  ])(
    'a published campaign needs a reason for a change that takes something away: %j',
    async (change, wanted) => {
      const before = cs.fechas()
      const id = await publishedCampaign('propuestas', { ...cs.wholeCampaign('propuestas'), fechas: before })
      const after = { ...before, ...change }
      expect(await save(id, 'fechas', after, 1)).toMatchObject({ asks_reason: wanted })
      expect(await refusal(publish(id))).toBe(wanted ? 'change_reason_required reason' : 'ok')
      if (wanted) expect(await refusal(publish(id, { p_reason: 'Lo pidió la comisión.' }))).toBe('ok')
      expect((await draft(id)).events[0]).toMatchObject({
        kind: 'changed',
        sections: ['fechas'],
        reason: wanted ? 'Lo pidió la comisión.' : null,
      })
    },
  )

  test('saving a published calendar as it is needs no reason', async () => {
    const before = cs.fechas()
    const id = await publishedCampaign('propuestas', { ...cs.wholeCampaign('propuestas'), fechas: before })
    expect(await save(id, 'fechas', before, 1)).toMatchObject({ pending: true, asks_reason: false })
  })

  test('a closing on a rest day is only worth a look', async () => {
    const { problems } = await save(
      await create('videos'),
      'fechas',
      cs.fechas({ closes_at: '2036-11-15T23:59:59-06:00' }),
    )
    expect(problems).toContainEqual({ field: 'closes_at', code: 'closes_on_rest_day', level: 'look' })
  })
})

describe('after publication', () => {
  test('a change stays in the studio until it is published', async () => {
    const id = await publishedCampaign('videos')
    const slug = (await draft(id)).sections[0]!.data['slug'] as string
    await save(id, 'textos', cs.textos({ slug, title: 'Título nuevo' }), 1)
    expect(JSON.stringify(await callAs(db, anon, 'bootstrap'))).not.toContain('Título nuevo')
    await publish(id)
    expect(JSON.stringify(await callAs(db, anon, 'bootstrap'))).toContain('Título nuevo')
  })

  test('the slug, the numbers of parts, and used pillars are fixed', async () => {
    const strategy = cs.estrategia()
    const id = await publishedCampaign('propuestas', {
      ...cs.wholeCampaign('propuestas'),
      estrategia: strategy,
    })
    expect(await refusal(save(id, 'textos', cs.textos(), 1))).toBe('slug_fixed slug')
    const [first, ...others] = strategy.parts
    const renumbered = { ...strategy, parts: [{ ...first, number: 'A9' }, ...others] }
    expect(await refusal(save(id, 'estrategia', renumbered, 1))).toBe(`number_fixed part-${first!.id}`)
  })

  test('a part that is left out is retired: its number stays taken and propuestas may still name it', async () => {
    const strategy = cs.estrategia()
    const id = await publishedCampaign('propuestas', {
      ...cs.wholeCampaign('propuestas'),
      estrategia: strategy,
    })
    const [action, gone] = strategy.parts
    const added = { ...gone!, id: randomUUID(), number: '2' }
    await save(id, 'estrategia', { ...strategy, parts: [action, added] }, 1)
    await publish(id)
    const { rows } = await db.pool.query<{ row: { parts: { number: string }[] }; label: string }>(
      'select app.convocatoria_row($1) as row, app.part_label($2) as label',
      [id, gone!.id],
    )
    expect(rows[0]!.row.parts.map(({ number }) => number)).toEqual(['A1', '2'])
    expect(rows[0]!.label).toBe('1')
    const reused = await save(
      id,
      'estrategia',
      { ...strategy, parts: [action, added, { ...gone!, id: randomUUID() }] },
      2,
    )
    expect(reused.problems.map(({ code }) => code)).toContain('number_taken')
    const versions = await db.pool.query(
      'select version from app.strategy_versions where convocatoria_id = $1 order by 1',
      [id],
    )
    expect(versions.rows).toEqual([{ version: 1 }, { version: 2 }])
  })

  test('a published day is neither dropped nor changed by the section, and new days are added', async () => {
    const groups = cs.grupos()
    const group = groups.groups[0]!.id
    const days = cs.jornadas(group)
    const id = await publishedCampaign('jornadas', {
      ...cs.wholeCampaign('jornadas'),
      grupos: groups,
      jornadas: days,
    })
    expect(await refusal(save(id, 'jornadas', { days: [] }, 1))).toBe('day_fixed days')
    const more = {
      days: [{ ...days.days[0], title: 'Otro título' }, ...cs.jornadas(group, { title: 'Segunda' }).days],
    }
    await save(id, 'jornadas', more, 1)
    await publish(id)
    const { rows } = await db.pool.query(
      'select title from app.jornadas where convocatoria_id = $1 order by position',
      [id],
    )
    expect(rows).toEqual([{ title: 'Primera jornada' }, { title: 'Segunda' }])
  })

  test('everybody reads in the campaign that a day was added after its publication, and of no day before it', async () => {
    const groups = cs.grupos()
    const group = groups.groups[0]!.id
    const days = cs.jornadas(group)
    const id = await publishedCampaign('jornadas', {
      ...cs.wholeCampaign('jornadas'),
      grupos: groups,
      jornadas: days,
    })
    const changes = async () => {
      const { rows } = await db.pool.query('select app.convocatoria_row($1) as row', [id])
      return rows[0].row.details.changes
    }
    expect(await changes()).toEqual([])
    const added = cs.jornadas(group, { title: 'Segunda', link: 'https://reunion.example/secreta' }).days[0]!
    await save(id, 'jornadas', { days: [...days.days, added] }, 1)
    await callAs(db, fx.coordinator, 'preview_convocatoria', { p_id: id })
    expect(await changes()).toEqual([])
    await publish(id)
    expect(await changes()).toEqual([
      {
        jornada_id: added.id,
        sequence: 0,
        at: expect.any(String),
        kind: 'added',
        reason: null,
        before: null,
        after: null,
        link_changed: false,
      },
    ])
    expect(
      await refusal(callAs(db, fx.coordinator, 'withdraw_convocatoria', { p_id: id, p_reason: 'x' })),
    ).toBe('ok')
    expect(await refusal(publish(id))).toBe('ok')
  })

  test('a copy of a campaign leaves out the days that were called off', async () => {
    const groups = cs.grupos()
    const days = cs.jornadas(groups.groups[0]!.id)
    const kept = cs.jornadas(groups.groups[0]!.id, { title: 'Segunda' }).days[0]!
    const p_from = await publishedCampaign('jornadas', {
      ...cs.wholeCampaign('jornadas'),
      grupos: groups,
      jornadas: { days: [...days.days, kept] },
    })
    await db.pool.query(
      `update app.jornadas set cancelled_at = now(), cancel_reason = 'Obras' where id = $1`,
      [days.days[0]!.id],
    )
    const p_id = randomUUID()
    await callAs(db, fx.coordinator, 'clone_convocatoria', { p_id, p_from, p_opens_on: '2037-11-06' })
    const section = (await draft(p_id)).sections.find((one) => one.section === 'jornadas')
    expect((section!.data as { days: { title: string }[] }).days.map(({ title }) => title)).toEqual([
      'Segunda',
    ])
  })

  test('a campaign that has not opened goes back to a draft with all its sections', async () => {
    const id = await publishedCampaign('videos')
    const back = (p_reason: string | null) =>
      callAs(db, fx.coordinator, 'withdraw_convocatoria', { p_id: id, p_reason })
    expect(await refusal(back(null))).toBe('change_reason_required reason')
    await back('Faltaba un pilar.')
    expect(await isPublic(id)).toBe(false)
    expect(await problemsOf(id)).toEqual([])
    expect(await publish(id)).toMatchObject({ published: true })
  })

  test('a campaign that has opened does not go back to a draft', async () => {
    const id = await publishedCampaign('videos')
    await fx.setClock(db, '2036-11-06T00:00:00-06:00')
    const back = callAs(db, fx.coordinator, 'withdraw_convocatoria', { p_id: id, p_reason: 'x' })
    expect(await refusal(back)).toBe('already_open')
  })

  test('a draft is deleted with its sections, and its history stays', async () => {
    const id = await create('videos')
    await save(id, 'textos', { title: 'x' })
    await callAs(db, fx.coordinator, 'delete_convocatoria', { p_id: id })
    expect(await refusal(draft(id))).toBe('convocatoria_unknown')
    const { rows } = await db.pool.query(
      'select kind from app.convocatoria_events where convocatoria_id = $1 order by seq',
      [id],
    )
    expect(rows).toEqual([{ kind: 'created' }, { kind: 'deleted' }])
    expect(
      await refusal(
        callAs(db, fx.coordinator, 'delete_convocatoria', { p_id: await publishedCampaign('videos') }),
      ),
    ).toBe('was_public')
  })
})

describe('publishing at an hour', () => {
  const at = '2036-11-01T09:00:00-06:00'
  test('a complete draft is published by the job of that minute', async () => {
    const id = await create('videos')
    await saveAll(id, cs.wholeCampaign('videos'))
    expect(await publish(id, { p_at: at })).toMatchObject({ published: false })
    await callAs(db, service, 'run_due_jobs')
    expect(await isPublic(id)).toBe(false)
    await fx.setClock(db, at)
    await callAs(db, service, 'run_due_jobs')
    expect(await isPublic(id)).toBe(true)
    expect((await draft(id)).events.map(({ kind, actor }) => [kind, actor]).slice(0, 2)).toEqual([
      ['published', null],
      ['scheduled', 'Coordinación de ejemplo'],
    ])
  })

  test('a draft that became incomplete meanwhile stays a draft', async () => {
    const id = await create('videos')
    await saveAll(id, cs.wholeCampaign('videos'))
    await publish(id, { p_at: at })
    await save(id, 'pilares', { pillars: [] }, 1)
    await fx.setClock(db, at)
    await callAs(db, service, 'run_due_jobs')
    expect(await isPublic(id)).toBe(false)
    const { publish_at, events } = await draft(id)
    expect([publish_at, events[0]]).toEqual([null, expect.objectContaining({ kind: 'missed', actor: null })])
  })
})

describe('the preview', () => {
  test.each<Kind>(['propuestas', 'videos', 'jornadas'])(
    'shows of kind %s what publishing makes, and writes nothing',
    async (kind) => {
      const id = await create(kind)
      await saveAll(id, cs.wholeCampaign(kind))
      const shown = (await callAs(db, fx.coordinator, 'preview_convocatoria', {
        p_id: id,
      })) as CampaignPreview
      expect((await draft(id)).sections.every(({ pending }) => pending)).toBe(true)
      await publish(id)
      const { rows } = await db.pool.query<{ row: object }>('select app.convocatoria_row($1) as row', [id])
      expect({ ...shown.convocatoria, notice_id: null }).toEqual({ ...rows[0]!.row, notice_id: null })
      expect(shown.notice).toMatchObject({ simplified: ['El instituto es responsable.'] })
    },
  )

  test('an incomplete draft has a preview too', async () => {
    const shown = await callAs(db, fx.coordinator, 'preview_convocatoria', { p_id: await create('jornadas') })
    expect(shown).toMatchObject({ convocatoria: { kind: 'jornadas', title: null } })
  })

  test('a link shows a draft to anybody for seven days or until it is ended', async () => {
    const id = await create('videos')
    await saveAll(id, cs.wholeCampaign('videos'))
    const share = async () =>
      ((await callAs(db, fx.coordinator, 'share_preview', { p_id: id })) as { token: string }).token
    const open = (p_token: string) => refusal(callAs(db, anon, 'open_preview', { p_token }))
    const [first, second] = [await share(), await share()]
    expect(await open(first)).toBe('ok')
    await fx.setClock(db, new Date(Date.now() + 8 * 86_400_000).toISOString())
    expect(await open(second)).toBe('preview_unknown')
    await callAs(db, service, 'run_due_jobs')
    await fx.setClock(db, null)
    const third = await share()
    await callAs(db, fx.coordinator, 'unshare_preview', { p_id: id })
    expect(await open(third)).toBe('preview_unknown')
  })

  test('whoever opens links more than sixty times an hour is asked to wait, and others are not', async () => {
    const id = await create('videos')
    const { token } = (await callAs(db, fx.coordinator, 'share_preview', { p_id: id })) as { token: string }
    const openFrom = (address: string) =>
      refusal(
        asActor(db, anon, async (client) => {
          await client.query(`select set_config('request.headers', $1, true)`, [
            JSON.stringify({ 'x-forwarded-for': address }),
          ])
          await client.query('select public.open_preview($1)', [token])
        }),
      )
    for (let time = 0; time < 60; time++) expect(await openFrom('187.190.1.1')).toBe('ok')
    expect(await openFrom('187.190.1.1')).toBe('preview_busy')
    expect(await openFrom('187.190.1.2')).toBe('ok')
  })

  test('a link made for a draft shows nothing once the campaign is public', async () => {
    const id = await create('videos')
    await saveAll(id, cs.wholeCampaign('videos'))
    const shared = await callAs(db, fx.coordinator, 'share_preview', { p_id: id })
    await publish(id)
    const link = { p_token: (shared as { token: string }).token }
    expect(await refusal(callAs(db, anon, 'open_preview', link))).toBe('preview_unknown')
  })
})

describe('a copy of a former campaign', () => {
  const clone = async <Sections>(from: string, opens: string): Promise<Sections> => {
    const id = randomUUID()
    const call = { p_id: id, p_from: from, p_opens_on: opens }
    await callAs(db, fx.coordinator, 'clone_convocatoria', call)
    await callAs(db, fx.coordinator, 'clone_convocatoria', call) // its answer was lost
    const { sections } = await draft(id)
    return Object.fromEntries(sections.map(({ section, data }) => [section, data])) as Sections
  }
  const day = (instant: unknown) => new Date(String(instant)).toISOString().slice(0, 10)

  test('its dates keep their distance in business days, and their hours', async () => {
    // Thursday 6 to Friday 14 November 2036; the copy opens on a Monday
    const id = await publishedCampaign('jornadas')
    const { fechas, jornadas } = await clone<{
      fechas: DatesSection
      jornadas: { days: { on_day: string; starts_at: string }[] }
    }>(id, '2037-03-02')
    expect([fechas.opens_at, fechas.closes_at].map(day)).toEqual(['2037-03-02', '2037-03-11']) // 23:59:59 is the next day in UTC
    expect(fechas).toMatchObject({
      inputs_on: '2037-02-27',
      results_on: '2037-03-13',
      answer_by: '2037-03-24',
    })
    expect(jornadas.days[0]).toMatchObject({ on_day: '2037-03-12', starts_at: '2037-03-12T16:00:00+00:00' })
  })

  test('has ids of its own that still belong together, no address, and is complete but for what is a new decision', async () => {
    const from = await publishedCampaign('propuestas')
    const { textos, estrategia } = await clone<{
      textos: { slug: null }
      estrategia: ReturnType<typeof cs.estrategia>
    }>(from, '2037-03-02')
    expect(textos.slug).toBeNull()
    const before = (await draft(from)).sections.find(({ section }) => section === 'estrategia')!
      .data as ReturnType<typeof cs.estrategia>
    expect(estrategia.parts[0]!.id).not.toBe(before.parts[0]!.id)
    expect(estrategia.parts[0]!.topic_id).toBe(estrategia.topics[0]!.id)
    expect(estrategia.parts.map(({ number }) => number)).toEqual(['A1', '1'])
  })

  test('dates of a campaign without an opening stay away', async () => {
    const id = await create('propuestas')
    await save(id, 'fechas', {
      answer_by: '2036-11-28',
      milestones: [{ on: '2036-11-06', until: null, title: 'a', note: null }],
    })
    const { fechas } = await clone<{ fechas: DatesSection }>(id, '2037-03-02')
    expect(fechas).toMatchObject({ answer_by: null, milestones: [{ on: null, title: 'a' }] })
  })

  test('the id of a campaign that exists gets nothing of the copy', async () => {
    const [from, other] = [await publishedCampaign('videos'), await create('videos')]
    await callAs(db, fx.coordinator, 'clone_convocatoria', {
      p_id: other,
      p_from: from,
      p_opens_on: '2037-03-02',
    })
    expect((await draft(other)).revision).toBe(0)
  })

  test('an opening on a day of rest is refused', async () => {
    expect(await refusal(clone(await publishedCampaign('videos'), '2037-03-01'))).toBe(
      'opens_on_rest_day opens_on',
    )
  })
})

describe('campaign permissions', () => {
  test.each([
    ['a moderator', fx.moderator],
    ['an auditor', fx.auditor],
  ])('%s reads the list of campaigns and edits none', async (_, actor) => {
    const id = await create('propuestas')
    const list = (await callAs(db, actor, 'list_convocatorias')) as CampaignList
    expect(list.can_create).toBe(false)
    expect(list.items.find((one) => one.id === id)).toMatchObject({ can_edit: false })
    expect(await fx.outcome(draft(id, actor))).toBe('PT403 not_allowed')
    expect(await fx.outcome(save(id, 'textos', {}, 0, actor))).toBe('PT403 not_allowed')
    expect(await fx.outcome(publish(id, {}, actor))).toBe('PT403 not_allowed')
  })

  test('the coordinator of one convocatoria edits it and can neither create nor edit another', async () => {
    const id = await create('propuestas')
    const local = await fx.addStaff(db, 'coordinator', { convocatoria: id })
    expect(await fx.outcome(save(id, 'textos', { title: 'Mía' }, 0, local))).toBe('ok')
    expect(await fx.outcome(create('propuestas', local))).toBe('PT403 not_allowed')
    expect(await fx.outcome(draft(fx.OPEN, local))).toBe('PT403 not_allowed')
  })

  test('an unknown campaign is reported as unknown to a coordinator of all campaigns', async () => {
    expect(await fx.outcome(draft(randomUUID()))).toBe('PT404 convocatoria_unknown')
    expect(await fx.outcome(save(randomUUID(), 'textos', {}))).toBe('PT404 convocatoria_unknown')
  })

  test('neither a draft nor its notice is anybody’s to read', async () => {
    const id = await create('propuestas')
    const notice = cs.aviso('propuestas', { simplified: ['Solo del borrador.'] })
    await saveAll(id, { textos: cs.textos({ title: 'Campaña oculta' }), aviso: notice })
    const pulled = await fullRead(db, { scope: 'public', cursor: null })
    expect(JSON.stringify(pulled)).toContain(fx.OPEN)
    expect(JSON.stringify([await callAs(db, anon, 'bootstrap'), pulled])).not.toMatch(
      /Campaña oculta|Solo del borrador/,
    )
  })
})

test.each([
  'update app.convocatoria_events set kind = $$deleted$$',
  'delete from app.convocatoria_events',
  'truncate app.convocatoria_events',
])('the history of campaigns cannot be rewritten: %s', async (sql) => {
  await create('propuestas')
  expect(await fx.outcome(db.pool.query(sql))).toBe('55000')
})
