/** Avisos de privacidad: who may read them, what their consents allow, and what publishing refuses. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { CampaignAnswer, CampaignDraft, NewNotice } from '@/domain/campaignDraft'
import type { NoticeConsent } from '@/domain/rows'
import { noticeTemplate } from '@/staff/studio/notice/template'
import { notice as jornadas } from '@/features/jornadas/staff/studio/notice'
import { notice as propuestas } from '@/features/propuestas/staff/studio/notice'
import { notice as videos } from '@/features/videos/staff/studio/notice'
import * as cs from '../support/campaignSections'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import { fullRead, pullOne } from './reader'

type Kind = 'propuestas' | 'videos' | 'jornadas'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const call = (name: string, args: object) => callAs(db, fx.coordinator, name, { ...args })
const create = async (kind: Kind) =>
  ((await call('create_convocatoria', { p_id: randomUUID(), p_kind: kind })) as CampaignAnswer).id
const save = (id: string, section: string, data: unknown, version = 0) =>
  call('save_section', { p_id: id, p_section: section, p_expected_version: version, p_data: data })
const draft = (id: string) => call('convocatoria_draft', { p_id: id }) as Promise<CampaignDraft>
const publish = async (id: string) =>
  call('publish_convocatoria', { p_id: id, p_revision: (await draft(id)).revision })
const write = async (kind: Kind, sections: Record<string, object> = cs.wholeCampaign(kind)) => {
  const id = await create(kind)
  for (const [section, data] of Object.entries(sections)) await save(id, section, data)
  return id
}
const noticeOf = async (id: string) => {
  const { rows } = await db.pool.query<{ notice_id: string }>(
    'select notice_id from app.convocatorias where id = $1',
    [id],
  )
  return rows[0]!.notice_id
}
/** `code field` of the section `aviso` with this content. */
const problemsOf = async (kind: Kind, data: object) => {
  const id = await create(kind)
  await save(id, 'aviso', data)
  const { problems } = (await draft(id)).sections.find(({ section }) => section === 'aviso')!
  return problems.map(({ code, field }) => `${code} ${field}`)
}
const refused = (kind: Kind, consents: unknown[]) =>
  create(kind).then((id) =>
    save(id, 'aviso', cs.aviso(kind, { consents: consents as NoticeConsent[] })).then(
      () => 'ok',
      (error: { message: string; detail?: string }) => `${error.message} ${error.detail}`,
    ),
  )
const publicNotices = async () => {
  const { base } = await fullRead(db, { scope: 'public', cursor: null })
  return Object.keys(base).flatMap((key) => (key.startsWith('notice/') ? [key.slice('notice/'.length)] : []))
}

describe('who may read a notice', () => {
  test('a notice that no published campaign uses and nobody answered is not public', async () => {
    const { rows } = await db.pool.query<{ id: string }>(
      `insert into app.notices (version, title, simplified, full_form, consents, published_on, hash)
       values (1, 'De nadie', '["x"]', '[]', '[]', '2026-01-05', '') returning id`,
    )
    expect(await publicNotices()).not.toContain(rows[0]!.id)
    expect(await publicNotices()).toContain(fx.NOTICE)
  })

  test('publishing a campaign brings its notice to phones, and taking it back removes it', async () => {
    const id = await write('videos')
    let { cursor } = await pullOne(db, { scope: 'public', cursor: null })
    await publish(id)
    const notice = await noticeOf(id)
    const shown = await pullOne(db, { scope: 'public', cursor })
    expect(shown.changes).toContainEqual(expect.objectContaining({ op: 'put', entity: 'notice', id: notice }))
    cursor = shown.cursor
    await call('withdraw_convocatoria', { p_id: id, p_reason: 'Faltaba algo.' })
    const gone = await pullOne(db, { scope: 'public', cursor })
    expect(gone.changes).toContainEqual({ op: 'remove', entity: 'notice', id: notice })
    expect(await publicNotices()).not.toContain(notice)
  })

  test('a campaign that changes its notice shows the new one and hides one that nobody answered', async () => {
    const id = await write('videos')
    await publish(id)
    const before = await noticeOf(id)
    await save(id, 'aviso', cs.aviso('videos'), 1)
    const { cursor } = await pullOne(db, { scope: 'public', cursor: null })
    await publish(id)
    const { changes } = await pullOne(db, { scope: 'public', cursor })
    expect(changes).toContainEqual({ op: 'remove', entity: 'notice', id: before })
    expect(changes).toContainEqual(
      expect.objectContaining({ op: 'put', entity: 'notice', id: await noticeOf(id) }),
    )
  })

  test('a notice that somebody answered stays public after its campaign has another', async () => {
    await fx.submit(db)
    const other = await db.pool.query<{ id: string }>(
      `insert into app.notices (version, title, simplified, full_form, consents, published_on, hash)
       select 2, title, simplified, full_form, consents, published_on, '' from app.notices where id = $1 returning id`,
      [fx.NOTICE],
    )
    const use = (notice: string) =>
      db.pool.query('update app.convocatorias set notice_id = $2 where id = $1', [fx.OPEN, notice])
    await use(other.rows[0]!.id)
    expect(await publicNotices()).toEqual(expect.arrayContaining([fx.NOTICE, other.rows[0]!.id]))
    await use(fx.NOTICE)
  })
})

describe('what consents allow', () => {
  const [political, publishing] = cs.consents.propuestas
  test.each<[string, Kind, unknown[], string]>([
    [
      'allows something that the kind does not show',
      'videos',
      [{ ...publishing, allows: ['age'] }],
      'permission_unknown consent-0',
    ],
    [
      'allows a word instead of a list',
      'propuestas',
      [{ ...publishing, allows: 'text' }],
      'malformed_op consent-0',
    ],
    ['has no key', 'propuestas', [{ ...publishing, key: '' }], 'malformed_op consent-0'],
    ['shares its key with another', 'propuestas', [political, political], 'malformed_op consents'],
    [
      'holds until 161 characters',
      'propuestas',
      [{ ...publishing, until: 'a'.repeat(161) }],
      'text_too_long consent-0-until',
    ],
  ])('a consent that %s is refused at saving', async (_, kind, consents, expected) => {
    expect(await refused(kind, consents)).toBe(expected)
  })

  test.each<[Kind, number, string[]]>([
    ['propuestas', 0, ['permission_uncovered allows-political_opinions']],
    [
      'propuestas',
      1,
      [
        'permission_uncovered allows-text',
        'permission_uncovered allows-name',
        'permission_uncovered allows-municipality',
      ],
    ],
    ['videos', 0, ['permission_uncovered allows-licence']],
    ['jornadas', 0, ['permission_uncovered allows-accessibility']],
  ])('a notice for %s without its consent %i cannot be published', async (kind, place, expected) => {
    const consents = cs.consents[kind].filter((_, at) => at !== place)
    expect(await problemsOf(kind, cs.aviso(kind, { consents }))).toEqual(expected)
    const id = await write(kind, { ...cs.wholeCampaign(kind), aviso: cs.aviso(kind, { consents }) })
    await expect(publish(id)).rejects.toThrow('campaign_incomplete')
  })

  test('a need of accessibility is allowed only by the consent that phones look for', async () => {
    const consents = [{ ...cs.consents.jornadas[0]!, key: 'other' }]
    expect(await problemsOf('jornadas', cs.aviso('jornadas', { consents }))).toEqual([
      'permission_uncovered allows-accessibility',
    ])
  })

  test('a consent that allows something says until when', async () => {
    const consents = [political!, { ...publishing!, until: ' ' }]
    expect(await problemsOf('propuestas', cs.aviso('propuestas', { consents }))).toEqual([
      'until_required consent-1-until',
    ])
  })

  test.each([
    'Autorizo publicar mi propuesta y mi nombre.',
    'Autorizo publicar mi propuesta y mi municipio.',
  ])('a new consent that allows name and municipality names both: «%s» names one', async (text) => {
    const consents = [political!, { ...publishing!, text }]
    expect(await problemsOf('propuestas', cs.aviso('propuestas', { consents }))).toEqual([
      'permission_unnamed consent-1',
    ])
  })

  test('the consents of an older notice allow what their keys say', async () => {
    const { rows } = await db.pool.query<{ id: string }>(
      `insert into app.notices (version, title, simplified, full_form, consents, published_on, hash)
       values (1, 'De antes', '["x"]', '[]', '[{"key": "political_opinions", "text": "Uno.", "required": true},
         {"key": "publish", "text": "Dos.", "required": false}]', '2026-01-05', '') returning id`,
    )
    expect(await problemsOf('propuestas', { notice_id: rows[0]!.id, notice: null })).toEqual([])
    expect(await problemsOf('videos', { notice_id: rows[0]!.id, notice: null })).toEqual([
      'permission_uncovered notice_id',
    ])
  })

  test('a closed campaign of the minutes keeps its notice without consents', async () => {
    const { rows } = await db.pool.query<{ id: string }>(
      `select id from app.convocatorias where slug = 'consulta-noviembre-2021'`,
    )
    const { sections } = await draft(rows[0]!.id)
    expect(sections.find(({ section }) => section === 'aviso')!.problems).toEqual([])
  })
})

describe('what a published submission shows', () => {
  /** A campaign whose name and text are allowed by two consents, and one submission that grants these. */
  async function submitted(granted: Record<string, boolean>) {
    const separate = (key: string, allows: string[]) => ({
      key,
      text: 'Autorizo mi nombre y mi municipio.',
      required: false,
      allows,
      until: 'x',
    })
    const consents = [
      { ...separate('political_opinions', ['political_opinions']), required: true },
      separate('publish', ['text']),
      separate('extra_a', ['name', 'municipality']),
    ]
    const id = await write('propuestas', {
      ...cs.wholeCampaign('propuestas'),
      aviso: cs.aviso('propuestas', { consents }),
    })
    await publish(id)
    await fx.setClock(db, '2036-11-07T12:00:00-06:00')
    const notice = await noticeOf(id)
    const { rows } = await db.pool.query<{ hash: string }>('select hash from app.notices where id = $1', [
      notice,
    ])
    const { id: submission } = await fx.submit(db, {
      convocatoria_id: id,
      part_id: null,
      helps: null,
      notice_id: notice,
      notice_hash: rows[0]!.hash,
      display_name: 'Ana',
      municipality: '15106',
      consents: Object.entries({ political_opinions: true, ...granted }).map(([key, yes]) => ({
        key,
        granted: yes,
      })),
    })
    await fx.decide(db, fx.coordinator, submission, 'accept', { message: 'Gracias.' })
    const outcome = await fx.decide(db, fx.coordinator, submission, 'publish').then(() => 'ok', String)
    const page = (await callAs(db, anon, 'published_propuestas', { p_convocatoria: id })) as {
      items: { name: string | null; municipality: string | null }[]
    }
    return { outcome, shown: page.items.map(({ name, municipality }) => [name, municipality]) }
  }

  test('the text without the name and municipality, when only the text is allowed', async () => {
    expect(await submitted({ publish: true, extra_a: false })).toEqual({
      outcome: 'ok',
      shown: [[null, null]],
    })
  })

  test('the name and municipality, when they are allowed', async () => {
    expect((await submitted({ publish: true, extra_a: true })).shown).toEqual([['Ana', '15106']])
  })

  test('nothing, when the text is not allowed', async () => {
    const { outcome, shown } = await submitted({ publish: false, extra_a: true })
    expect(outcome).toContain('publication_not_authorised')
    expect(shown).toEqual([])
  })
})

describe('the template', () => {
  const nothing = { dataOf: () => ({}) }
  const filled = (notice: NewNotice) =>
    JSON.parse(
      JSON.stringify(notice).replaceAll(/\[completar: [^\]]*\]/gu, 'lo que corresponde'),
    ) as NewNotice
  const kinds = { propuestas, videos, jornadas }
  test.each(Object.keys(kinds) as Kind[])(
    'of kind %s is refused while a mark is left and whole without',
    async (kind) => {
      const notice = noticeTemplate(null, kinds[kind].partsOf(nothing))
      const problems = await problemsOf(kind, { notice_id: null, notice })
      expect(new Set(problems.map((one) => one.split(' ')[0]))).toEqual(new Set(['text_unfilled']))
      expect(problems).toEqual(expect.arrayContaining(['text_unfilled simplified', 'text_unfilled full-0']))
      expect(await problemsOf(kind, { notice_id: null, notice: filled(notice) })).toEqual([])
    },
  )

  test.each([
    ['the title', { title: 'Aviso [completar: nombre]' }, 'notice-title'],
    ['the simplified form', { simplified: ['Uno.', '[ Completar: dos]'] }, 'simplified'],
    ['a heading', { full: [{ heading: '[completar: x]', paragraphs: ['x'] }] }, 'full-0'],
    [
      'a consent',
      { consents: [{ ...cs.consents.propuestas[0]!, text: '[completar: x]' }, cs.consents.propuestas[1]!] },
      'consent-0',
    ],
    [
      'the end of a consent',
      { consents: [cs.consents.propuestas[0]!, { ...cs.consents.propuestas[1]!, until: '[completar: x]' }] },
      'consent-1-until',
    ],
  ])('a mark in %s stops publishing', async (_name, change, field) => {
    expect(await problemsOf('propuestas', cs.aviso('propuestas', change))).toEqual([`text_unfilled ${field}`])
  })
})
