/** The file of a campaign: what it holds, that it comes back whole, and what is refused. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CampaignAnswer, CampaignPreview } from '@/domain/campaignDraft'
import type { PortableContent, PortablePreview } from '@/domain/portableCampaign'
import * as cs from '../support/campaignSections'
import { asActor, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import { type RandomCampaign, randomCampaign } from '../support/randomCampaigns'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await db.pool.query(ROUND_TRIP)
})
afterAll(() => db.drop())

/**
 * Saves the sections as a draft, exports it and imports the file: in the database, so that a thousand take seconds.
 * Answers the sections and the preview of the draft and of its copy.
 */
const ROUND_TRIP = `
  create function public.round_trip(p_campaign jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = '' as $$
  declare
    v_first uuid := gen_random_uuid();
    v_second uuid := gen_random_uuid();
    v_section record;
    v_file jsonb;
  begin
    perform public.create_convocatoria(v_first, p_campaign ->> 'kind');
    for v_section in select s.section from app.sections_of(p_campaign ->> 'kind') s loop
      perform public.save_section(v_first, v_section.section, 0, p_campaign -> 'sections' -> v_section.section);
    end loop;
    v_file := public.export_campaign(v_first);
    perform public.import_campaign(v_second, v_file);
    return jsonb_build_object('ids', jsonb_build_array(v_first, v_second),
      'sections', jsonb_build_array(v_file -> 'sections', public.export_campaign(v_second) -> 'sections'),
      'previews', jsonb_build_array(public.preview_convocatoria(v_first), public.preview_convocatoria(v_second)));
  end $$`

interface RoundTrip {
  ids: [string, string]
  sections: [PortableContent['sections'], PortableContent['sections']]
  previews: [CampaignPreview, CampaignPreview]
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u

/** The value with each id replaced by the place where it first stands, so that only the references count. */
function withoutIds(value: unknown): unknown {
  const places = new Map<string, number>()
  return JSON.parse(
    JSON.stringify(value, (key, one: unknown) => {
      if (typeof one !== 'string' || !UUID.test(one) || !(key === 'id' || key.endsWith('_id'))) return one
      if (!places.has(one)) places.set(one, places.size)
      return `id ${places.get(one)}`
    }),
  )
}
const idsIn = (value: unknown) =>
  JSON.stringify(value).match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu) ?? []

const roundTrips = (campaigns: RandomCampaign[]) =>
  asActor(db, fx.coordinator, async (client) => {
    const { rows } = await client.query<{ trip: RoundTrip }>(
      `select public.round_trip(e.value) as trip from jsonb_array_elements($1::jsonb) with ordinality e order by e.ordinality`,
      [JSON.stringify(campaigns)],
    )
    return rows.map(({ trip }) => trip)
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
  callAs(db, fx.coordinator, 'import_campaign', { p_id, p_document, ...more }) as Promise<CampaignAnswer>

describe('a campaign exported and imported', () => {
  test('1,000 random campaigns of the three kinds come back whole, with new ids and the same preview', async () => {
    const campaigns = fc.sample(randomCampaign, { numRuns: 1000, seed: 20_261_128 })
    expect(new Set(campaigns.map(({ kind }) => kind)).size).toBe(3)
    for (let from = 0; from < campaigns.length; from += 100) {
      const batch = campaigns.slice(from, from + 100)
      const trips = await roundTrips(batch)
      trips.forEach(({ ids, sections, previews }, index) => {
        expect(withoutIds(sections[0])).toEqual(withoutIds(batch[index]!.sections))
        expect(withoutIds(sections[1])).toEqual(withoutIds(sections[0]))
        expect(withoutIds(previews[1])).toEqual(withoutIds(previews[0]))
        const before = new Set(idsIn(sections[0]))
        expect(idsIn(sections[1]).filter((id) => before.has(id))).toEqual([])
        expect(ids[0]).not.toBe(ids[1])
      })
    }
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
    expect((await importing(file)).published).toBe(false)
  })

  test('a repeated call with the same id answers the same draft', async () => {
    const file = await exportOf('propuestas')
    const id = randomUUID()
    const first = await importing(file, {}, id)
    expect((await importing(file, {}, id)).sections).toEqual(first.sections)
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
    const answer = await importing(file, { p_classes: { municipio: 'ayuntamiento', alcaldia: '-' } })
    expect(answer.sections.find(({ section }) => section === 'grupos')!.data).toMatchObject({
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
