/** The file of a campaign: what it holds, that it comes back whole, and what is refused. */
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PortableContent, PortableFile, PortablePreview } from '@/domain/portableCampaign'
import type { Bootstrap } from '@/domain/rows'
import { readPortable } from '@/staff/studio/portable/portableFile'
import { createHandler } from '../../supabase/functions/sign/handler'
import * as cs from '../support/campaignSections'
import { callAs, service, type TestDatabase } from '../support/database'
import type { RandomCampaign } from '../support/randomCampaigns'
import { createProjects, expectRoundTrips } from '../support/roundTrip'
import * as fx from './fixtures'

let db: TestDatabase
let projects: [TestDatabase, TestDatabase]
beforeAll(async () => {
  projects = await createProjects()
  db = projects[0]
})
afterAll(() => Promise.all(projects.map((project) => project.drop())))

/** The code and field of a refusal, or `ok`. */
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { message: string; detail?: string }) => [error.message, error.detail].filter(Boolean).join(' '),
  )
const draftOf = async (kind: RandomCampaign['kind'], sections: object = cs.wholeCampaign(kind)) => {
  const id = randomUUID()
  await callAs(db, fx.coordinator, 'create_convocatoria', { p_id: id, p_kind: kind })
  for (const [p_section, p_data] of Object.entries(sections))
    await callAs(db, fx.coordinator, 'save_section', { p_id: id, p_section, p_expected_version: 0, p_data })
  return id
}
const exported = (p_id: string) =>
  callAs(db, fx.coordinator, 'export_campaign', { p_id }) as Promise<PortableContent>
const exportOf = async (kind: RandomCampaign['kind']) => exported(await draftOf(kind))
const importing = (p_document: object, more: object = {}, p_id = randomUUID()) =>
  callAs(db, fx.coordinator, 'import_campaign', { p_id, p_document, ...more }) as Promise<{ id: string }>

describe('a campaign exported and imported', () => {
  test('250 random campaigns enter another project whole (`npm run test:long`: 1,000)', () =>
    expectRoundTrips(projects, fx.coordinator, { count: 250, seed: 20_261_128 }))

  test('a published campaign is exported with its notice and without people or history', async () => {
    const file = await exported(fx.OPEN)
    expect(file).toMatchObject({ schema: 1, kind: 'propuestas', institution: { name: expect.any(String) } })
    expect(Object.keys(file).toSorted()).toEqual([
      'classes',
      'exported_at',
      'institution',
      'kind',
      'schema',
      'sections',
    ])
    expect(file.sections['aviso']).toMatchObject({ notice_id: null, notice: { title: expect.any(String) } })
    expect(JSON.stringify(file)).not.toContain(fx.coordinator.sub)
    expect(await refusalOf(importing(file))).toBe('ok')
  })

  test('a repeated call with the same id answers the same draft', async () => {
    const file = await exportOf('propuestas')
    const id = randomUUID()
    const first = await importing(file, {}, id)
    const { sections } = await exported(id)
    expect(await importing(file, {}, id)).toEqual(first)
    expect((await exported(id)).sections).toEqual(sections)
  })
})

describe('importing', () => {
  test('a file that was imported before needs a confirmation, and so does a new export of the same campaign', async () => {
    const origin = await draftOf('videos')
    const { id } = await importing(await exported(origin))
    const file = await exported(origin)
    expect(await callAs(db, fx.coordinator, 'preview_import', { p_document: file })).toMatchObject({
      imported: [{ id, title: 'Campaña de prueba' }],
    })
    expect(await refusalOf(importing(file))).toBe('already_imported')
    expect((await importing(file, { p_again: true })).id).not.toBe(id)
  })

  test('a class unknown here is named, matched by the person, or left out', async () => {
    const file = await exportOf('jornadas')
    const { groups } = file.sections['grupos'] as { groups: { classes: string[] }[] }
    groups[0]!.classes = ['municipio', 'sindicato', 'alcaldia']
    const preview = (await callAs(db, fx.coordinator, 'preview_import', {
      p_document: file,
    })) as PortablePreview
    expect(preview.unknown_classes).toEqual(['alcaldia', 'municipio'])
    const { id } = await importing(file, { p_classes: { municipio: 'ayuntamiento', alcaldia: '-' } })
    expect((await exported(id)).sections['grupos']).toMatchObject({
      groups: [{ classes: ['ayuntamiento', 'sindicato'] }],
    })
  })

  test.each<[string, (file: PortableContent) => unknown, string]>([
    ['of a newer schema', (file) => (file.schema = 2), 'portable_newer schema'],
    ['of an unknown kind', (file) => (file.kind = 'encuestas'), 'portable_kind_unknown kind'],
    [
      'without sections',
      (file) => delete (file as Partial<PortableContent>).sections,
      'portable_malformed document',
    ],
    [
      'with a section that its kind lacks',
      (file) => (file.sections['pilares'] = {}),
      'portable_malformed sections',
    ],
    [
      'with a text over its limit',
      (file) => (file.sections['textos']!['title'] = 'x'.repeat(121)),
      'text_too_long textos',
    ],
    [
      'with one id twice',
      ({ sections }) =>
        (sections['estrategia']!['topics'] as object[]).push(
          (sections['estrategia']!['topics'] as object[])[0]!,
        ),
      'malformed_op estrategia',
    ],
  ])('a file %s is refused and leaves no draft', async (_, spoil, code) => {
    const file = await exportOf('propuestas')
    spoil(file)
    const id = randomUUID()
    expect(await refusalOf(importing(file, {}, id))).toBe(code)
    const { rows } = await db.pool.query('select from app.convocatorias where id = $1', [id])
    expect(rows).toEqual([])
  })
})

test('the public keys stand in bootstrap, and a known id never gets another key', async () => {
  const key = (id: string, digit: string) => [{ id, public_key: digit.repeat(64) }]
  expect(await callAs(db, fx.coordinator, 'bootstrap')).not.toHaveProperty('signing_keys')
  const keep = (p_keys: object) => callAs(db, service, 'keep_signing_keys', { p_keys })
  await keep(key('2026-11-28', 'a'))
  await keep([...key('2026-11-28', 'a'), ...key('2027-01-01', 'b')])
  await keep(key('2027-01-01', 'b'))
  expect(await refusalOf(keep(key('2026-11-28', 'c')))).toBe('conflict keys')
  expect(await callAs(db, fx.coordinator, 'bootstrap')).toMatchObject({
    signing_keys: [...key('2026-11-28', 'a'), ...key('2027-01-01', 'b')],
  })
})

test('a file that a retired key signed still verifies with a key of bootstrap', async () => {
  const id = await draftOf('videos')
  const answer = async (work: Promise<unknown>) => ({ status: 200, body: await work })
  const signWith = async (keyId: string): Promise<PortableFile> => {
    const handler = createHandler({
      keys: { [keyId]: randomBytes(32).toString('hex') },
      read: (name, args) => answer(callAs(db, fx.coordinator, name, args)),
      publish: (p_keys) => answer(callAs(db, service, 'keep_signing_keys', { p_keys })),
    })
    const body = JSON.stringify({ document: 'campaign', id })
    const signed = await handler(new Request('http://localhost', { method: 'POST', body }))
    return readPortable(await signed.blob(), ['videos'])
  }
  const [retired, present] = [await signWith('2028-01-01'), await signWith('2029-01-01')]
  const { signing_keys } = (await callAs(db, fx.coordinator, 'bootstrap')) as Bootstrap
  for (const { key_id, public_key } of [retired, present])
    expect(signing_keys).toContainEqual({ id: key_id, public_key })
})
