/** The file of a campaign: what it holds, that it comes back whole, and what is refused. */
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CampaignDraft, NoticeSection } from '@/domain/campaignDraft'
import type { PortableContent, PortableFile, PortablePreview } from '@/domain/portableCampaign'
import type { Bootstrap } from '@/domain/rows'
import { readPortable } from '@/staff/studio/portable/portableFile'
import { createHandler } from '../../supabase/functions/sign/handler'
import * as cs from '../support/campaignSections'
import { callAs, service, type TestDatabase } from '../support/database'
import type { RandomCampaign } from '../support/randomCampaigns'
import { createProjects, expectRoundTrips } from '../support/roundTrip'
import * as fx from './fixtures'
import { actsOn, FOUND, itemOf } from './insumoFixtures'

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
/** The sections of a draft as they are kept. */
async function draftSections(id: string): Promise<Record<string, unknown>> {
  const { rows } = await db.pool.query<{ section: string; data: unknown }>(
    'select section, data from app.campaign_sections where convocatoria_id = $1',
    [id],
  )
  return Object.fromEntries(rows.map(({ section, data }) => [section, data]))
}
const exportOf = async (kind: RandomCampaign['kind']) => exported(await draftOf(kind))
const consentsOf = ({ sections }: PortableContent) =>
  (sections['aviso'] as unknown as NoticeSection).notice!.consents
const importing = (p_document: object, more: object = {}, p_id = randomUUID()) =>
  callAs(db, fx.coordinator, 'import_campaign', { p_id, p_document, ...more }) as Promise<{ id: string }>

describe('a campaign exported and imported', () => {
  test('250 random campaigns enter another project whole (`npm run test:long`: 1,000)', () =>
    expectRoundTrips(projects, fx.coordinator, { count: 250, seed: 20_261_128 }))

  test('a published campaign is exported with its notice and without people or history', async () => {
    const file = await exported(fx.OPEN)
    expect(file).toMatchObject({ schema: 1, kind: 'propuestas', institution: { name: expect.any(String) } })
    expect(Object.keys(file).toSorted()).toEqual([
      'assets',
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

test('a day that was called off is neither exported nor imported', async () => {
  const [cancelled, held] = [randomUUID(), randomUUID()]
  const groups = cs.grupos()
  const { days: first } = cs.jornadas(groups.groups[0]!.id, { id: held })
  const { days: second } = cs.jornadas(groups.groups[0]!.id, {
    id: cancelled,
    cancelled_at: '2036-11-01T12:00:00-06:00',
  })
  const whole = { ...cs.wholeCampaign('jornadas'), grupos: groups, jornadas: { days: [...second, ...first] } }
  const file = await exported(await draftOf('jornadas', whole))
  expect(file.sections['jornadas']).toEqual({ days: first })
  file.sections['jornadas'] = whole.jornadas
  const { id } = await importing(file)
  const { days } = (await draftSections(id))['jornadas'] as typeof whole.jornadas
  expect(days).toHaveLength(1)
  expect(days[0]).not.toHaveProperty('cancelled_at')
})

describe('files of insumos', () => {
  const acts = actsOn(() => db)
  const campaignWith = async (files: (campaign: string) => Promise<string[]>) => {
    const campaign = await acts.create()
    const items = (await files(campaign)).map((file) => itemOf(file))
    await acts.save(campaign, items)
    return { campaign, items, file: await exported(campaign) }
  }
  const itemsOf = async (id: string) => (await draftSections(id))['insumos'] as { items: object[] }

  test('a verified file is listed once, however many items name it; others are not', async () => {
    let known = ''
    const { file } = await campaignWith(async (campaign) => {
      known = await acts.verified(campaign)
      return [known, known, (await acts.add(campaign)).id, randomUUID()]
    })
    const { bytes, sha256, mime } = FOUND
    expect(file.assets).toEqual([{ id: known, kind: 'pdf', mime, bytes, sha256 }])
  })

  test('each item names the file that the caller is going to send, and none that it does not send', async () => {
    const { file, items } = await campaignWith(async (campaign) => [
      await acts.verified(campaign),
      await acts.verified(campaign),
    ])
    const own = randomUUID()
    const { id } = await importing(file, { p_files: { [items[0]!.file!]: own, [items[1]!.file!]: 'x' } })
    const { items: imported } = await itemsOf(id)
    expect(imported[0]).toMatchObject({ kind: 'pdf', file: own })
    expect(imported[1]).not.toHaveProperty('file')
    const problems = async () => {
      const { sections } = (await callAs(db, fx.coordinator, 'convocatoria_draft', {
        p_id: id,
      })) as CampaignDraft
      return sections.find(({ section }) => section === 'insumos')!.problems.map(({ code }) => code)
    }
    expect(await problems()).toEqual(['file_required', 'file_required'])
    await acts.add(id, { p_id: own })
    await acts.upload(fx.coordinator, own)
    await acts.work()
    expect(await problems()).toEqual(['file_required'])
  })

  test('a list of files that is no object is refused', async () => {
    const file = await exportOf('propuestas')
    expect(await refusalOf(importing(file, { p_files: JSON.stringify([]) }))).toBe('malformed_op')
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
    [
      'with a permission that its kind does not use here',
      (file) => consentsOf(file).push({ ...cs.consents.propuestas[1]!, key: 'other', allows: ['licence'] }),
      'permission_unknown aviso',
    ],
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
      'with insumos that are no list',
      ({ sections }) => (sections['insumos'] = { items: 'x' }),
      'malformed_op insumos',
    ],
    [
      'with an insumo that is a text',
      ({ sections }) => (sections['insumos'] = { items: ['x'] }),
      'malformed_op insumos',
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
      callerSecret: '',
      asService: (name, args) => answer(callAs(db, service, name, args as Record<string, unknown>)),
      objects: { put: async () => undefined },
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
