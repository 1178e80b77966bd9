/** Random campaigns that leave one project as files and enter another. */
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { CampaignPreview } from '@/domain/campaignDraft'
import type { PortableContent } from '@/domain/portableCampaign'
import { renderCampaign } from './campaignPage'
import { type Actor, asActor, createTestDatabase, type TestDatabase } from './database'
import { randomCampaign } from './randomCampaigns'

const BATCH = 50
const NOW = new Date('2026-11-28T18:00:00Z')

/** What staff and verify-files do, in the database, so that a thousand campaigns take seconds. */
const SHORTCUTS = `
  create function public.leave(p_campaign jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = '' as $$
  declare
    v_id uuid := gen_random_uuid();
  begin
    insert into app.convocatorias (id, kind) values (v_id, p_campaign ->> 'kind');
    insert into app.campaign_sections (convocatoria_id, section, data, saved_by)
    select v_id, s.key, s.value, auth.uid() from jsonb_each(p_campaign -> 'sections') s;
    insert into app.insumo_files (id, convocatoria_id, kind, mime, bytes, sha256, added_by, status)
    select (i.item ->> 'file')::uuid, v_id, i.item ->> 'kind', (app.insumo_types(i.item ->> 'kind'))[1],
      1 + i.place, app.sha256_hex(i.item ->> 'file'), auth.uid(), 'verified'
    from app.items_of(p_campaign #> '{sections,insumos}', 'items') i where i.item ? 'file';
    return jsonb_build_object('file', public.export_campaign(v_id), 'preview', public.preview_convocatoria(v_id));
  end $$;
  create function public.enter(p_file jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = '' as $$
  declare
    v_id uuid := gen_random_uuid();
    v_files jsonb := coalesce((select jsonb_object_agg(a.item ->> 'id', gen_random_uuid())
      from app.items_of(p_file, 'assets') a), '{}');
  begin
    perform public.import_campaign(v_id, p_file, p_files => v_files);
    perform public.add_insumo_file(v_id, (v_files ->> (a.item ->> 'id'))::uuid, a.item ->> 'kind', a.item ->> 'mime',
      (a.item ->> 'bytes')::bigint, a.item ->> 'sha256') from app.items_of(p_file, 'assets') a;
    update app.insumo_files f set status = 'verified' where f.convocatoria_id = v_id;
    return jsonb_build_object('file', public.export_campaign(v_id), 'preview', public.preview_convocatoria(v_id));
  end $$;
  grant execute on function public.leave(jsonb), public.enter(jsonb) to authenticated`

/** A campaign as its project exports it, and the rows that publishing it would make. */
interface Standing {
  file: PortableContent
  preview: CampaignPreview
}

/** Two projects of different institutions. Drop both in `afterAll`. */
export async function createProjects(): Promise<[TestDatabase, TestDatabase]> {
  const projects: [TestDatabase, TestDatabase] = [await createTestDatabase(), await createTestDatabase()]
  for (const { pool } of projects) await pool.query(SHORTCUTS)
  await projects[1].pool.query(`update app.institution set name = 'Instituto vecino', short_name = 'IV'`)
  return projects
}

/** Calls the shortcut for each value, in their order. */
const callForEach = (database: TestDatabase, editor: Actor, shortcut: 'leave' | 'enter', values: object[]) =>
  asActor(database, editor, async (client) => {
    const { rows } = await client.query<{ standing: Standing }>(
      `select public.${shortcut}(e.value) as standing
       from jsonb_array_elements($1::jsonb) with ordinality e order by e.ordinality`,
      [JSON.stringify(values)],
    )
    return rows.map(({ standing }) => standing)
  })

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu
const idsIn = (value: unknown) => new Set(JSON.stringify(value).match(UUID))

/** The text with each id replaced by its place among the ids, so that only the references count. */
function withoutIds(text: string): string {
  const places = new Map<string, string>()
  return text.replace(UUID, (id) => {
    if (!places.has(id)) places.set(id, `id ${places.size}`)
    return places.get(id)!
  })
}
const shape = (value: unknown) => withoutIds(canonicalize(value)!)

/** The assets, which are in the order of their hashes. */
const withoutOwnIds = ({ file }: Standing) => file.assets.map((asset) => ({ ...asset, id: '' }))

function expectSame(before: Standing, after: Standing): void {
  expect(shape(after.file.sections)).toBe(shape(before.file.sections))
  expect(withoutOwnIds(after)).toEqual(withoutOwnIds(before))
  expect(shape(after.preview)).toBe(shape(before.preview))
  const known = idsIn(before)
  expect([...idsIn(after)].filter((id) => known.has(id))).toEqual([])
  const names = [before, after].map(({ file }) => file.institution.name)
  expect(names).toEqual(['Instituto de ejemplo', 'Instituto vecino'])
}

/**
 * Sends `count` random campaigns of the three kinds from one project to the other. Their sections, assets, the rows
 * that publishing makes and, for the first 60, the pages that citizens see are the same in both; no id is.
 */
export async function expectRoundTrips(
  [from, to]: [TestDatabase, TestDatabase],
  editor: Actor,
  { count, seed }: { count: number; seed: number },
): Promise<void> {
  console.info(`${count} random campaigns, seed ${seed}`)
  const campaigns = fc.sample(randomCampaign, { numRuns: count, seed })
  expect(new Set(campaigns.map(({ kind }) => kind)).size).toBe(3)
  for (let start = 0; start < count; start += BATCH) {
    const batch = campaigns.slice(start, start + BATCH)
    const left = await callForEach(from, editor, 'leave', batch)
    expect(left.map(({ file }) => file.sections)).toEqual(batch.map(({ sections }) => sections))
    const files = left.map(({ file }) => file)
    const entered = await callForEach(to, editor, 'enter', files)
    for (const [index, before] of left.entries()) {
      expectSame(before, entered[index]!)
      if (start + index >= 60) continue
      const [page, copy] = [before, entered[index]!].map(({ preview }) => renderCampaign(preview, NOW))
      expect(withoutIds(await copy!)).toBe(withoutIds(await page!))
    }
  }
}
