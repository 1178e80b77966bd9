/** Long texts of a campaign may be formatted (docs/formatted-text.md); the database checks their links, length and signs. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CampaignAnswer } from '@/domain/campaignDraft'
import { FORMATTED } from '@/domain/formattedText'
import { LINKS } from '@/domain/testing/links'
import { writeText } from '@/staff/text/writeText'
import * as cs from '../support/campaignSections'
import { callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

/** The code and field of the refusal to save these sections' data, or `ok`. */
async function saving(kind: 'propuestas' | 'videos', section: string, data: object): Promise<string> {
  const { id } = (await callAs(db, fx.coordinator, 'create_convocatoria', {
    p_id: randomUUID(),
    p_kind: kind,
  })) as CampaignAnswer
  return callAs(db, fx.coordinator, 'save_section', {
    p_id: id,
    p_section: section,
    p_expected_version: 0,
    p_data: data,
  }).then(
    () => 'ok',
    (error: { message: string; detail?: string }) => [error.message, error.detail].filter(Boolean).join(' '),
  )
}
const BAD = `${FORMATTED}**Ve** [aquí](javascript:x)`

test('the database and the page agree on where a link may lead', async () => {
  const { rows } = await db.pool.query<{ unsafe: boolean }>(
    'select app.has_unsafe_link(t) as unsafe from unnest($1::text[]) with ordinality x(t, n) order by n',
    [LINKS.map(([href]) => `${FORMATTED}[a](${href})`)],
  )
  expect(rows.map(({ unsafe }, at) => [LINKS[at]![0], !unsafe])).toEqual(LINKS)
})

test.each(['who_decides', 'what_happens_next'])(
  'a link that leads elsewhere is refused in «%s»',
  async (key) => {
    expect(await saving('videos', 'textos', cs.textos({ [key]: BAD }))).toMatch(/^text_link_invalid.*/u)
    const good = `${FORMATTED}# Bases\n\n- [aquí](https://ejemplo.mx)`
    expect(await saving('videos', 'textos', cs.textos({ [key]: good }))).toBe('ok')
  },
)

test('a link that leads elsewhere is refused in the text of a document', async () => {
  const item = { id: randomUUID(), title: 'Uno', summary: 'De qué trata.', source: null }
  expect(await saving('propuestas', 'insumos', { items: [{ ...item, body: BAD }] })).toMatch(
    /^text_link_invalid/u,
  )
})

test('a link that leads elsewhere is refused in the text of a pillar and in a section of a notice, and another is saved', async () => {
  const good = `${FORMATTED}- [aquí](https://ejemplo.mx)`
  const pillars = (hint: string) => ({ pillars: [{ key: 'uno', title: 'Uno', hint }] })
  expect(await saving('videos', 'pilares', pillars(BAD))).toBe('text_link_invalid pillar-uno')
  expect(await saving('videos', 'pilares', pillars(good))).toBe('ok')
  const notice = (...paragraphs: string[]) => ({
    notice_id: null,
    notice: { title: 'Aviso', simplified: ['Uno.'], full: [{ heading: 'Uno', paragraphs }], consents: [] },
  })
  expect(await saving('videos', 'aviso', notice(BAD))).toBe('text_link_invalid full-0')
  expect(await saving('videos', 'aviso', notice(`${FORMATTED}${'a'.repeat(20_000)}`))).toBe(
    'text_too_long full-0',
  )
  expect(await saving('videos', 'aviso', notice(good))).toBe('ok')
  expect(await saving('videos', 'aviso', notice('[a](javascript:x)'))).toBe('ok')
})

test('a link that leads elsewhere is refused in a part of the strategy', async () => {
  const [topic, id] = [randomUUID(), randomUUID()]
  const part = {
    id,
    topic_id: topic,
    kind: 'paragraph',
    number: '1',
    title: '',
    body: BAD,
    answered_by: null,
  }
  const data = { topics: [{ id: topic, title: 'Uno' }], parts: [part] }
  expect(await saving('propuestas', 'estrategia', data)).toBe(`text_link_invalid part-${id}`)
})

test('a plain text may say anything that looks like a link', async () =>
  expect(await saving('videos', 'textos', cs.textos({ who_decides: '[a](javascript:x)' }))).toBe('ok'))

test('words that look like a link are saved beside emphasis', async () => {
  const text = writeText([
    {
      type: 'paragraph',
      lines: [
        [
          { text: '[a](javascript:x) ', bold: false, italic: false, href: null },
          { text: 'b', bold: true, italic: false, href: null },
        ],
      ],
    },
  ])
  expect(await saving('videos', 'textos', cs.textos({ who_decides: text }))).toBe('ok')
})

test('a formatted text is refused when it is too long, its marks counted', async () =>
  expect(
    await saving('videos', 'textos', cs.textos({ who_decides: `${FORMATTED}**${'a'.repeat(996)}**` })),
  ).toMatch(/^text_too_long/u))

test('control characters of a formatted text go, and the mark at its beginning stays', async () => {
  expect(
    await saving(
      'videos',
      'textos',
      cs.textos({ who_decides: `${FORMATTED}**a\u0007**\v\u200bb${FORMATTED}` }),
    ),
  ).toBe('ok')
  const { rows } = await db.pool.query<{ text: string }>(
    `select data ->> 'who_decides' as text from app.campaign_sections order by saved_at desc, xmin::text::bigint desc limit 1`,
  )
  expect(rows[0]!.text).toBe(`${FORMATTED}**a**\nb`)
})
