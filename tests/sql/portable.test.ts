/** The file of a campaign: what it holds, that it comes back whole, and what is refused. */
import { randomUUID } from 'node:crypto'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CampaignPreview } from '@/domain/campaignDraft'
import type { PortableContent, PortablePreview } from '@/domain/portableCampaign'
import * as cs from '../support/campaignSections'
import { asActor, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import { renderCampaign } from '../support/campaignPage'
import { type RandomCampaign, randomCampaign } from '../support/randomCampaigns'
import * as fx from './fixtures'

/** Prints with the count, so that a failed run can be repeated. */
const SEED = 20_261_128
const COUNT = 1000
/** How many of them are rendered too. */
const RENDERED = 60
const NOW = new Date('2026-11-28T18:00:00Z')

let db: TestDatabase
/** Another project, of another institution. */
let other: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  other = await createTestDatabase()
  for (const { pool } of [db, other]) await pool.query(SHORTCUTS)
  await other.pool.query(`update app.institution set name = 'Instituto vecino', short_name = 'IV'`)
})
afterAll(() => Promise.all([db.drop(), other.drop()]))

/** Writing and exporting a draft, and importing one, in the database, so that a thousand campaigns take seconds. */
const SHORTCUTS = `
  create function public.leave(p_campaign jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = '' as $$
  declare
    v_id uuid := gen_random_uuid();
  begin
    insert into app.convocatorias (id, kind) values (v_id, p_campaign ->> 'kind');
    insert into app.campaign_sections (convocatoria_id, section, data, saved_by)
    select v_id, s.key, s.value, auth.uid() from jsonb_each(p_campaign -> 'sections') s;
    return jsonb_build_object('file', public.export_campaign(v_id), 'preview', public.preview_convocatoria(v_id));
  end $$;
  create function public.enter(p_file jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = '' as $$
  declare
    v_id uuid := gen_random_uuid();
  begin
    perform public.import_campaign(v_id, p_file);
    return jsonb_build_object('file', public.export_campaign(v_id), 'preview', public.preview_convocatoria(v_id));
  end $$;
  grant execute on function public.leave(jsonb), public.enter(jsonb) to authenticated`

/** A campaign as its project exports it, and the rows that publishing it would make. */
interface Standing {
  file: PortableContent
  preview: CampaignPreview
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu
const idsIn = (value: unknown) => new Set(JSON.stringify(value).match(UUID))

/** The value as text with each id replaced by its place among the ids, so that only the references count. */
const withoutIds = (value: unknown): string => withoutIdsInText(canonicalize(value)!)

function withoutIdsInText(text: string): string {
  const places = new Map<string, string>()
  return text.replace(UUID, (id) => {
    if (!places.has(id)) places.set(id, `id ${places.size}`)
    return places.get(id)!
  })
}

/** Calls the shortcut for each value, in their order. */
const callForEach = (database: TestDatabase, shortcut: 'leave' | 'enter', values: object[]) =>
  asActor(database, fx.coordinator, async (client) => {
    const { rows } = await client.query<{ standing: Standing }>(
      `select public.${shortcut}(e.value) as standing from jsonb_array_elements($1::jsonb) with ordinality e order by e.ordinality`,
      [JSON.stringify(values)],
    )
    return rows.map(({ standing }) => standing)
  })

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
  test('random campaigns of the three kinds enter another project whole, with ids of their own', async () => {
    console.info(`${COUNT} random campaigns, seed ${SEED}`)
    const campaigns = fc.sample(randomCampaign, { numRuns: COUNT, seed: SEED })
    expect(new Set(campaigns.map(({ kind }) => kind)).size).toBe(3)
    const pages: [CampaignPreview, CampaignPreview][] = []
    const batches = Array.from({ length: COUNT / 100 }, (_, index) =>
      campaigns.slice(index * 100, index * 100 + 100),
    )
    let leaving = callForEach(db, 'leave', batches[0]!)
    for (const [place, batch] of batches.entries()) {
      const left = await leaving
      leaving = callForEach(db, 'leave', batches[place + 1] ?? [])
      const entered = await callForEach(
        other,
        'enter',
        left.map(({ file }) => file),
      )
      batch.forEach(({ sections }, index) => {
        const [before, after] = [left[index]!, entered[index]!]
        expect(before.file.sections).toEqual(sections)
        expect(withoutIds(after.file.sections)).toBe(withoutIds(sections))
        expect(withoutIds(after.preview)).toBe(withoutIds(before.preview))
        if (place * 100 + index < RENDERED) pages.push([before.preview, after.preview])
        const known = idsIn(before)
        expect([...idsIn(after)].filter((id) => known.has(id))).toEqual([])
        expect([before, after].map(({ file }) => file.institution.name)).toEqual([
          'Instituto de ejemplo',
          'Instituto vecino',
        ])
      })
    }
    expect(pages).toHaveLength(RENDERED)
    for (const [before, after] of pages)
      expect(withoutIdsInText(await renderCampaign(after, NOW))).toBe(
        withoutIdsInText(await renderCampaign(before, NOW)),
      )
  }, 60_000)

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
  test('a file that was imported before needs a confirmation', async () => {
    const file = await exportOf('videos')
    const { id } = await importing(file)
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
  expect(await refusalOf(keep(key('2026-11-28', 'c')))).toBe('conflict keys')
  expect(await callAs(db, fx.coordinator, 'bootstrap')).toMatchObject({
    signing_keys: [...key('2026-11-28', 'a'), ...key('2027-01-01', 'b')],
  })
})
