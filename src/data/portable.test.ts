import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { db, type Draft, type Item, type OutboxOp } from './db'
import { collectPortable } from './exportDrafts'
import { importPortable } from './importDrafts'
import { readPortable } from './portableFile'

const NOW = new Date('2026-11-26T12:00:00Z')
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const [WRITTEN, FILMED, QUEUED, ARRIVED, HERE] = [1, 2, 3, 4, 5].map(id) as [
  string,
  string,
  string,
  string,
  string,
]
const CAMPAIGN = id(99)

const wipe = () => Promise.all(db.tables.map((table) => table.clear()))
beforeEach(wipe)

const draft = (of: string, more: Partial<Draft> = {}): Draft => ({
  id: of,
  kind: 'propuestas',
  convocatoria_id: CAMPAIGN,
  convocatoria_title: 'Consulta',
  answers: { body: 'Mi texto' },
  step: 'texto',
  updated_at: '2026-11-20T10:00:00.000Z',
  ...more,
})
const item = (of: string): Item => ({
  id: of,
  kind: 'propuestas',
  convocatoria_id: CAMPAIGN,
  title: of,
  secret: `secretsecretsecret-${of.at(-1)}`,
  folio: null,
  created_at: '2026-11-01T00:00:00Z',
})
const op = (entity_id: string, more: Partial<OutboxOp> = {}) =>
  ({
    op_id: crypto.randomUUID(),
    v: 1,
    kind: 'propuesta.submit',
    entity_id,
    payload: { body: 'Sin enviar', display_name: 'Ana' },
    captured_at: '2026-11-21T10:00:00.000Z',
    secret: `secretsecretsecret-${entity_id.at(-1)}`,
    actor: null,
    state: 'queued',
    ...more,
  }) as OutboxOp

/** A phone with a draft, a video's draft, an unsent submission, and a received one with an unsent correction. */
async function fill(): Promise<void> {
  const media = { id: 'm', bytes: 9 }
  await db.drafts.bulkAdd([
    draft(WRITTEN),
    draft(FILMED, { kind: 'videos', answers: { title: 'T', media, poster: 'p' } }),
  ])
  await db.items.bulkAdd([item(QUEUED), item(ARRIVED)])
  await db.outbox.bulkAdd([
    op(QUEUED),
    op(ARRIVED, { kind: 'propuesta.correct', payload: { body: 'Corregido' } }),
    op(HERE, { kind: 'review.decide', actor: 'staff' }),
  ])
}

const travel = async (withLinks: boolean): Promise<string> => {
  const text = JSON.stringify(await collectPortable(withLinks, NOW))
  await wipe()
  return text
}

const head = { format: 'convoca.drafts', version: 1, saved_at: NOW.toISOString() }

test('a file carries drafts and unsent texts to an empty phone, and no secret unless asked', async () => {
  await fill()
  const text = await travel(false)
  expect(text).not.toContain('secretsecret')
  const imported = await importPortable(readPortable(text))
  expect(imported).toEqual({ drafts: 3, links: 0, kept: 0, left: 1 })
  expect(await db.drafts.get(WRITTEN)).toEqual(draft(WRITTEN))
  expect((await db.drafts.get(FILMED))?.answers, 'the draft references no bytes').toEqual({
    title: 'T',
    media: null,
    poster: null,
  })
  expect(await db.drafts.get(QUEUED)).toMatchObject({
    step: 'revisa',
    answers: { body: 'Sin enviar', display_name: 'Ana' },
    updated_at: '2026-11-21T10:00:00.000Z',
  })
  expect(await db.items.count()).toBe(0)
})

test('a file with links carries received submissions with their unsent corrections, and no link of an unsent one', async () => {
  await fill()
  const imported = await importPortable(readPortable(await travel(true)))
  expect(imported).toEqual({ drafts: 4, links: 1, kept: 0, left: 0 })
  expect(await db.items.toArray()).toEqual([item(ARRIVED)])
  expect(await db.drafts.get(ARRIVED)).toMatchObject({ step: 'corregir', answers: { body: 'Corregido' } })
})

test('an imported draft of an unknown kind is kept unchanged', async () => {
  const newer = draft(WRITTEN, { kind: 'encuestas', answers: { opcion: 2 } })
  const file = { ...head, unsent: [], drafts: [newer] }
  expect(await importPortable(readPortable(JSON.stringify(file)))).toMatchObject({ drafts: 1 })
  expect(await db.drafts.get(WRITTEN)).toEqual(newer)
  expect((await collectPortable(false, NOW)).drafts).toEqual([newer])
})

test('an unsent text without a readable item gets its campaign’s kind, or none', async () => {
  await db.outbox.add(
    op(QUEUED, { kind: 'encuesta.submit' as never, payload: { convocatoria_id: CAMPAIGN } }),
  )
  expect((await collectPortable(false, NOW)).unsent).toMatchObject([{ kind: '' }])
  await db.base.put({ scope: 'public', entity: 'convocatoria', id: CAMPAIGN, row: { kind: 'encuestas' } })
  expect((await collectPortable(false, NOW)).unsent).toMatchObject([{ kind: 'encuestas' }])
})

test('a file has neither staff decisions nor broken rows', async () => {
  await fill()
  await db.drafts.put({ id: 'bad' } as Draft)
  const file = await collectPortable(true, NOW)
  expect(file.drafts.map((one) => one.id)).toEqual(expect.arrayContaining([WRITTEN, FILMED]))
  expect(file.drafts).toHaveLength(2)
  expect(file.unsent.map((one) => one.id)).toEqual([QUEUED, ARRIVED])
})

test('an imported text with the id of another draft becomes a second draft, once, and the first stays', async () => {
  await db.drafts.add(draft(WRITTEN))
  const text = await travel(false)
  await db.drafts.add(draft(WRITTEN, { updated_at: 'never', answers: { body: 'el de aquí' } }))
  expect(await importPortable(readPortable(text))).toMatchObject({ drafts: 1, kept: 0 })
  expect(await importPortable(readPortable(text)), 'the same file again').toMatchObject({
    drafts: 0,
    kept: 1,
  })
  expect((await db.drafts.get(WRITTEN))?.answers).toEqual({ body: 'el de aquí' })
  const bodies = (await db.drafts.toArray()).map(({ answers }) => answers.body)
  expect(bodies.sort()).toEqual(['Mi texto', 'el de aquí'])
})

test('a correction that is also being written here is not overwritten by the file’s', async () => {
  await db.items.add(item(WRITTEN))
  await db.drafts.add(draft(WRITTEN, { step: 'corregir' }))
  const text = await travel(false)
  await db.items.add(item(WRITTEN))
  await db.drafts.add(draft(WRITTEN, { step: 'corregir', answers: { body: 'el de aquí' } }))
  expect(await importPortable(readPortable(text))).toMatchObject({ drafts: 0, kept: 1 })
  expect((await db.drafts.toArray()).map(({ answers }) => answers.body)).toEqual(['el de aquí'])
})

test('a submission that was sent from here does not become a draft again and keeps its link', async () => {
  await fill()
  const text = await travel(true)
  await db.items.bulkAdd([item(WRITTEN), { ...item(ARRIVED), secret: 'mine' }])
  await importPortable(readPortable(text))
  expect(await db.drafts.get(WRITTEN)).toBeUndefined()
  expect((await db.items.get(ARRIVED))?.secret).toBe('mine')
})

test('importing the same file twice changes nothing the second time', async () => {
  await fill()
  const text = await travel(true)
  await importPortable(readPortable(text))
  const all = () => Promise.all([db.drafts.toArray(), db.items.toArray()])
  const before = await all()
  expect(await importPortable(readPortable(text))).toMatchObject({ drafts: 0, links: 0 })
  expect(await all()).toEqual(before)
})

test.each<[string, unknown, string]>([
  ['another app’s JSON', { hello: 1 }, 'file_unknown'],
  ['a list', [], 'file_unknown'],
  ['a file of a later version', { ...head, version: 2, anything: true }, 'file_newer'],
  [
    'a draft without its id',
    { ...head, unsent: [], drafts: [{ ...draft(WRITTEN), id: undefined }] },
    'file_unknown',
  ],
  [
    'a step that is a path',
    { ...head, unsent: [], drafts: [draft(WRITTEN, { step: '../x' })] },
    'file_unknown',
  ],
  [
    'a kind that is a path',
    { ...head, unsent: [], drafts: [draft(WRITTEN, { kind: '../x' })] },
    'file_unknown',
  ],
  [
    'a link without its secret',
    { ...head, unsent: [], drafts: [], links: [{ ...item(ARRIVED), secret: '' }] },
    'file_unknown',
  ],
])('a file with %s is refused as a whole', (_, body, code) => {
  expect(() => readPortable(JSON.stringify(body))).toThrow(expect.objectContaining({ code }))
})

test('a text that is not JSON and a text that is far too long are refused', () => {
  for (const text of ['', '{', ' '.repeat(6_000_000)]) {
    expect(() => readPortable(text)).toThrow(expect.objectContaining({ code: 'file_unknown' }))
  }
})
