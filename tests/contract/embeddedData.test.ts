/** Data of earlier starts: changes made by people stay, and data that this version cannot use is kept aside. */
import type { SectionAnswer } from '@/domain/campaignDraft'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { prepareDatabase, withClient } from '../../supabase/local/database'
import { DEMO_LOGINS, PUBLISHABLE_KEY } from '../../supabase/local/keys'
import { type Postgres, startPostgres } from '../../supabase/local/postgres'
import { callStatus, deletePrepared, makeSeededFolder, type Running, start } from './embeddedBackend'

let folder: string
beforeEach(async () => {
  folder = await makeSeededFolder()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
afterAll(deletePrepared)

const said: string[] = []
const prepare = (postgres: Postgres) =>
  prepareDatabase(postgres, { seed: true, say: (line) => said.push(line) })
const asSuperuser = <T extends object>(postgres: Postgres, sql: string) =>
  withClient(postgres.url('supabase_admin'), async (client) => (await client.query<T>(sql)).rows)

async function withPostgres(work: (postgres: Postgres) => Promise<void>): Promise<void> {
  const postgres = await startPostgres({ folder, durable: true })
  try {
    await work(postgres)
  } finally {
    await postgres.stop()
  }
}

/** A digest of the rows of every table that the seed fills. */
async function digests(postgres: Postgres): Promise<Record<string, string>> {
  const tables = await asSuperuser<{ name: string }>(
    postgres,
    `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
     where schemaname in ('app', 'auth') order by 1`,
  )
  const union = tables
    .map(
      ({ name }) =>
        `select '${name}' as name, count(*)::int as rows, md5(string_agg(t::text, '' order by t::text)) as digest from ${name} t`,
    )
    .join(' union all ')
  const rows = await asSuperuser<{ name: string; rows: number; digest: string }>(postgres, union)
  return Object.fromEntries(rows.filter((row) => row.rows > 0).map((row) => [row.name, row.digest]))
}

describe('the seed', () => {
  test('the seed runs once, and the next start changes no row of any seeded table, whatever happened to it', async () => {
    await withPostgres(async (postgres) => {
      const seeded = Object.keys(await digests(postgres))
      expect(seeded).toEqual(
        expect.arrayContaining(['app.convocatorias', 'app.milestones', 'app.staff', 'auth.users']),
      )
      expect(seeded.length).toBeGreaterThan(15)
      for (const change of [
        (table: string) =>
          `delete from ${table} where ctid in (select ctid from ${table} limit (select count(*) / 2 from ${table}))`,
        (table: string) => `delete from ${table}`,
      ]) {
        for (const table of seeded)
          await asSuperuser(postgres, `set session_replication_role = replica; ${change(table)}`)
        const before = await digests(postgres)
        await prepare(postgres)
        expect(await digests(postgres)).toEqual(before)
      }
    })
  })

  test('the seed runs once, even if rows were renumbered, renamed, moved or added, or the institution became a real one', async () => {
    await withPostgres(async (postgres) => {
      await asSuperuser(
        postgres,
        `set session_replication_role = replica;
         update app.milestones set id = gen_random_uuid(), position = position + 100, title = 'Otro',
           on_day = on_day + 40, until_day = until_day + 40;
         update app.convocatorias set slug = 'otra-' || slug, title = 'Otra', published = not published,
           closes_at = closes_at + interval '90 days';
         update app.insumos set id = gen_random_uuid(), position = position + 100, body = 'Otro';
         update app.parts set position = position + 100, title = 'Otra';
         update app.topics set id = gen_random_uuid(), title = 'Otro';
         update app.pillars set key = key || '_otro', position = position + 100;
         update app.jornadas set position = position + 100, sequence = 3, capacity = 1, on_day = on_day + 5,
           starts_at = null, ends_at = null;
         update app.jornada_groups set position = position + 100, name = 'Otro';
         update app.sujetos_obligados set name = 'Otro ' || name, acronym = null;
         update app.staff set role = 'auditor', name = 'Otra persona', jornada_id = null;
         update auth.users set email = 'otra.' || email;
         insert into app.milestones (convocatoria_id, position, title) values ('00000000-0000-4000-8000-0000000000c1', 1, 'Nuevo');
         update app.institution set name = 'Instituto de verdad', demo_label = null;`,
      )
      const before = await digests(postgres)
      await prepare(postgres)
      expect(await digests(postgres)).toEqual(before)
    })
  })

  test('the seed leaves everything that staff saved through the app, and the next start answers calls', async () => {
    const save = async (running: Running) => {
      const login = DEMO_LOGINS['campañas y jornadas']
      const post = async (at: string, body: object, token = PUBLISHABLE_KEY) => {
        const response = await fetch(`${running.address}${at}`, {
          method: 'POST',
          headers: {
            apikey: PUBLISHABLE_KEY,
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify(body),
        })
        return { status: response.status, body: (await response.json()) as Record<string, unknown> }
      }
      const session = await post('/auth/v1/token?grant_type=password', login)
      const token = String(session.body['access_token'])
      const all = await post('/rest/v1/rpc/list_convocatorias', {}, token)
      for (const { id } of all.body['items'] as { id: string }[]) {
        const draft = await post('/rest/v1/rpc/convocatoria_draft', { p_id: id }, token)
        for (const { section, version, data } of draft.body['sections'] as SectionAnswer[]) {
          const saved = await post(
            '/rest/v1/rpc/save_section',
            { p_id: id, p_section: section, p_expected_version: version, p_data: data },
            token,
          )
          expect([id, section, saved.status]).toEqual([id, section, 200])
        }
      }
    }
    const first = await start({ folder, durable: true })
    try {
      await save(first)
    } finally {
      await first.close()
    }
    const second = await start({ folder, durable: true })
    try {
      expect(await callStatus(second)).toBe(200)
      expect(second.said).toEqual([])
    } finally {
      await second.close()
    }
  })

  test('a start with another version of the seed reports it and changes nothing', async () => {
    await withPostgres(async (postgres) => {
      await asSuperuser(postgres, `update supabase_migrations.seed_files set hash = 'of another seed'`)
      const before = await digests(postgres)
      said.length = 0
      await prepare(postgres)
      expect(said).toEqual([expect.stringContaining('npm start -- --reset')])
      expect(await digests(postgres)).toEqual(before)
    })
  })

  test('the seed moves its calendar by whole weeks, except campaigns of which staff published more than texts, and days they changed', async () => {
    const [open, videos] = ['00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000c2']
    const dates = (postgres: Postgres) =>
      asSuperuser<{ what: string; at: string }>(
        postgres,
        `select * from (select id::text as what, opens_at::date::text as at from app.convocatorias
           union all select id::text, on_day::text from app.milestones where on_day is not null
           union all select id::text, on_day::text from app.jornadas where on_day is not null) d order by 1`,
      )
    await withPostgres(async (postgres) => {
      await asSuperuser(
        postgres,
        `update app.jornadas set sequence = 1 where id = '00000000-0000-4000-8000-0000000b3101';
         insert into app.convocatoria_events (convocatoria_id, actor_id, kind, version, changes)
           values ('${videos}', gen_random_uuid(), 'changed', 2, '{}'),
             ('${open}', gen_random_uuid(), 'changed', 2, '{"textos": [], "insumos": []}');
         create or replace function app.now() returns timestamptz language sql stable as $$ select now() + interval '24 days' $$`,
      )
      const before = await dates(postgres)
      await prepare(postgres)
      const after = await dates(postgres)
      const moved = new Map(
        after.map(({ what, at }, i) => [what, (Date.parse(at) - Date.parse(before[i]!.at)) / 86_400_000]),
      )
      expect([21, 28]).toContain(moved.get(open))
      const days = moved.get(open)
      expect(moved.get(videos)).toBe(0)
      expect(moved.get('00000000-0000-4000-8000-0000000b3101')).toBe(0)
      expect(moved.get('00000000-0000-4000-8000-0000000b3102')).toBe(days)
      expect(moved.get('00000000-0000-4000-8000-0000000f0101')).toBe(days)
      expect(moved.get('00000000-0000-4000-8000-0000000f0201')).toBe(0)
      expect(moved.get('00000000-0000-4000-8000-0000000f0301')).toBe(days)
      expect(moved.get('00000000-0000-4000-8000-0000000f0401')).toBe(0)
      await prepare(postgres)
      expect(await dates(postgres)).toEqual(after)
    })
  })
})

describe('data that this version cannot use', () => {
  const asides = () => readdirSync(folder).filter((name) => name.startsWith('anterior-'))

  test('data of another schema is kept aside whole, the start names its folder, and a matching version can use it again', async () => {
    const first = await start({ folder, durable: true })
    await withClient(first.databaseUrl, (client) => client.query(`create table app.mine as select 7 as one`))
    await first.close()
    writeFileSync(path.join(folder, 'inbox.jsonl'), '')
    await withPostgres(async (postgres) => {
      await asSuperuser(
        postgres,
        `update supabase_migrations.schema_migrations set statements = array['other'] where version = (select max(version) from supabase_migrations.schema_migrations)`,
      )
    })
    const second = await start({ folder, durable: true })
    try {
      expect(asides()).toHaveLength(1)
      expect(second.said).toHaveLength(1)
      for (const words of ['esquema', asides()[0]!, '--reset', 'No se borró nada'])
        expect(second.said[0]).toContain(words)
      expect(await callStatus(second)).toBe(200)
      await expect(
        withClient(second.databaseUrl, (client) => client.query('table app.mine')),
      ).rejects.toThrow('mine')
    } finally {
      await second.close()
    }
    const aside = path.join(folder, asides()[0]!)
    expect(readdirSync(aside).sort()).toEqual([
      'inbox.jsonl',
      'password',
      'postgres',
      'postgres.log',
      'storage',
    ])
    const kept = await startPostgres({ folder: aside, durable: true })
    try {
      expect(await asSuperuser(kept, 'table app.mine')).toEqual([{ one: 7 }])
    } finally {
      await kept.stop()
    }
  })

  test.each([
    [
      'of another Postgres',
      () => writeFileSync(path.join(folder, 'postgres', 'PG_VERSION'), '16\n'),
      'Postgres 16',
    ],
    ['with missing files', () => rmSync(path.join(folder, 'postgres', 'PG_VERSION')), 'no están completos'],
  ])('data %s is kept aside', async (_, damage, words) => {
    damage()
    await expect(startPostgres({ folder, durable: true })).rejects.toThrow(words)
    const running = await start({ folder, durable: true })
    try {
      expect(running.said).toEqual([expect.stringContaining(words)])
      expect(await callStatus(running)).toBe(200)
      expect(existsSync(path.join(folder, asides()[0]!, 'postgres', 'global'))).toBe(true)
    } finally {
      await running.close()
    }
  })

  test('data kept aside survives a reset, and the reset deletes the letters', async () => {
    mkdirSync(path.join(folder, 'anterior-2026-01-01T00-00-00'))
    writeFileSync(path.join(folder, 'inbox.jsonl'), '{}\n')
    await (await start({ folder, durable: true, reset: true })).close()
    expect(asides()).toEqual(['anterior-2026-01-01T00-00-00'])
    expect(existsSync(path.join(folder, 'inbox.jsonl'))).toBe(false)
    expect(existsSync(path.join(folder, 'postgres', 'PG_VERSION'))).toBe(true)
  })
})
