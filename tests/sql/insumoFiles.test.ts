/** Files of insumos: who adds and reads them, and what publishing lacks. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { FILE_KINDS, LICENCES, MAX_BYTES } from '@/domain/insumo'
import { anon, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import { actsOn, FOUND, itemOf, refusal } from './insumoFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(async () => {
  await fx.setClock(db, null)
  await db.pool.query(`delete from app.campaign_sections; delete from app.insumos where file_id is not null;
    delete from app.insumo_files`)
})
afterAll(() => db.drop())
const { create, add, upload, canRead, work, save, verified } = actsOn(() => db)

test('the lists of kinds, sizes and licences are those of the app', async () => {
  for (const kind of FILE_KINDS) {
    const { rows } = await db.pool.query<{ max: string }>('select app.insumo_max_bytes($1) as max', [kind])
    expect([kind, Number(rows[0]!.max)]).toEqual([kind, MAX_BYTES[kind]])
  }
  const { rows } = await db.pool.query<{ all: string[] }>('select app.insumo_licences() as all')
  expect(rows[0]!.all).toEqual([...LICENCES])
})

describe('adding a file', () => {
  test('an announcement can be repeated, and says nothing else under the same id', async () => {
    const campaign = await create()
    const { id } = await add(campaign)
    expect(await add(campaign, { p_id: id })).toMatchObject({ id, status: 'waiting', arrived: false })
    expect(await refusal(add(campaign, { p_id: id, p_bytes: 6000 }))).toBe('malformed_op')
  })

  test.each([
    ['a page', { p_mime: 'text/html' }, 'file_type'],
    ['a picture as a PDF', { p_mime: 'image/png' }, 'file_type'],
    ['a drawing in SVG', { p_kind: 'image', p_mime: 'image/svg+xml' }, 'file_type'],
    ['a kind that nobody knows', { p_kind: 'film' }, 'file_type'],
    ['a PDF of more than 10 MB', { p_bytes: 10_000_001 }, 'file_too_large'],
    ['no bytes', { p_bytes: 0 }, 'malformed_op'],
    ['a hash that is none', { p_sha256: 'x' }, 'malformed_op'],
  ])('%s is refused', async (_, change, code) =>
    expect(await refusal(add(await create(), change))).toBe(code),
  )

  test('storage takes exactly what was announced, once, from an editor', async () => {
    const campaign = await create()
    const { id } = await add(campaign)
    expect(await refusal(upload(fx.coordinator, id, { contentLength: 5001 }))).toMatch(
      /row-level|upload closed/u,
    )
    expect(await refusal(upload(fx.coordinator, id, { mimetype: 'text/html' }))).toMatch(
      /row-level|upload closed/u,
    )
    expect(await refusal(upload(fx.coordinator, randomUUID()))).toMatch(/row-level|upload closed/u)
    for (const actor of [anon, fx.stranger, fx.moderator])
      expect(await refusal(upload(actor, id))).toMatch(/row-level|upload closed/u)
    expect(await refusal(upload(fx.coordinator, id))).toBe('ok')
    const replace = db.pool.query(
      `update storage.objects set version = 'other' where bucket_id = 'insumos-intake' and name = $1`,
      [id],
    )
    expect(await refusal(replace)).toBe('object is final')
  })

  test('a file of a draft is read by its staff and by nobody else', async () => {
    const id = await verified(await create())
    for (const actor of [fx.coordinator, fx.moderator, fx.auditor])
      expect(await canRead(actor, id)).toBe(true)
    for (const actor of [anon, fx.stranger, fx.doorVolunteer]) expect(await canRead(actor, id)).toBe(false)
  })
})

describe('what publishing lacks', () => {
  test('a file that nobody has checked yet, and one that is gone', async () => {
    const campaign = await create()
    const { id } = await add(campaign)
    expect(await save(campaign, [itemOf(id)])).toEqual(['insumo-ID-file file_unverified missing'])
    expect(await save(campaign, [itemOf(randomUUID())])).toEqual(['insumo-ID-file file_required missing'])
    expect(await save(campaign, [itemOf(null)])).toEqual(['insumo-ID-file file_required missing'])
  })

  test('a file whose id is written otherwise, because nothing would keep it from being erased', async () => {
    const campaign = await create()
    const id = await verified(campaign)
    expect(await save(campaign, [itemOf(id.toUpperCase())])).toEqual(['insumo-ID-file file_required missing'])
  })

  test.each([
    ['bytes that changed', { ...FOUND, sha256: 'b'.repeat(64) }, 'file_mismatch'],
    ['a size that changed', { ...FOUND, bytes: 4999 }, 'file_mismatch'],
    ['another type', { ...FOUND, mime: 'image/png' }, 'file_type'],
    ['a PDF with a script', { ...FOUND, refusal: 'pdf_active' }, 'pdf_active'],
    ['an encrypted PDF', { ...FOUND, refusal: 'pdf_encrypted' }, 'pdf_encrypted'],
    ['a reason that nobody knows', { ...FOUND, refusal: 'x' }, 'file_type'],
    ['an answer that is none', {}, 'file_mismatch'],
  ])('%s', async (_, found, code) => {
    const campaign = await create()
    const { id } = await add(campaign)
    await upload(fx.coordinator, id)
    await work(found)
    expect(await save(campaign, [itemOf(id)])).toEqual([`insumo-ID-file ${code} missing`])
  })

  test.each([
    ['pdf', 'pdf_text_required'],
    ['image', 'image_text_required'],
    ['audio', 'audio_text_required'],
    ['figures', 'figures_text_required'],
  ])('the text that stands for a file of kind %s', async (kind, code) => {
    const problems = await save(await create(), [itemOf(null, { kind, body: ' ' })])
    expect(problems).toContain(`insumo-ID ${code} missing`)
  })

  test('a licence, its name where the list lacks it, and where the file comes from', async () => {
    const file = await verified(await create())
    const lacks = async (change: object) => save(await create(), [itemOf(file, change)])
    expect(await lacks({})).toEqual([])
    expect(await lacks({ licence: null })).toEqual(['insumo-ID-licence insumo_licence_required missing'])
    expect(await lacks({ licence: 'other' })).toEqual(['insumo-ID-licence_name text_required missing'])
    expect(await lacks({ source: null })).toEqual(['insumo-ID-source text_required missing'])
    expect(await lacks({ kind: 'page', file: null, licence: null, source: null })).toEqual([])
  })

  test('what contradicts itself is not even saved', async () => {
    const campaign = await create()
    const file = await verified(campaign)
    for (const change of [{ kind: 'image' }, { kind: 'film' }, { licence: 'mine' }, { kind: 'page' }])
      expect(await refusal(save(campaign, [itemOf(file, change)]))).toBe('malformed_op')
  })
})

test('the files of drafts are private, published copies are public, and both buckets limit size and types', async () => {
  const { rows } = await db.pool.query<{ id: string; public: boolean; size: number; types: string[] }>(
    `select id, public, file_size_limit::int as size, allowed_mime_types as types from storage.buckets
     where id like 'insumos-%' order by id`,
  )
  expect(rows.map(({ id, public: isPublic, size }) => [id, isPublic, size])).toEqual([
    ['insumos-intake', false, 15_000_000],
    ['insumos-public', true, 15_000_000],
  ])
  for (const { types } of rows) {
    expect(types).toContain('application/pdf')
    expect(types.filter((type) => /html|svg|script|octet/u.test(type))).toEqual([])
  }
})
