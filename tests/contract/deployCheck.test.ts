/** `npm run deploy:check` on the embedded backend, whole and with one part missing after the other. */
import { rmSync } from 'node:fs'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkDeployment } from '../../scripts/deployCheck'
import { withClient } from '../../supabase/local/database'
import { freePort } from '../../supabase/local/leash'
import { PUBLISHABLE_KEY } from '../../supabase/local/keys'
import { TEST_KEYS } from '../support/keys'
import { makeFolder, type Running, start } from './embeddedBackend'

let folder: string
let running: Running
beforeAll(async () => {
  folder = makeFolder()
  running = await start({ folder, durable: false, empty: true })
})
afterAll(async () => {
  await running.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The titles of what is missing, after `damage`. */
async function missing(damage = '', more: object = {}): Promise<string[]> {
  const lines: string[] = []
  await withClient(running.databaseUrl, async (database: pg.Client) => {
    if (damage) await database.query(damage)
    const keys = { publishableKey: PUBLISHABLE_KEY, ...TEST_KEYS }
    await checkDeployment({ url: running.address, appUrl: null, ...keys, database, ...more }, (line) =>
      lines.push(line),
    )
  })
  return lines.filter((line) => line.startsWith('✗')).map((line) => line.split('\n')[0]!)
}

const repair = (sql: string) => withClient(running.databaseUrl, (client) => client.query(sql))

/** An empty project has no schedule of its own, no administrator and no institution. */
const OF_AN_EMPTY_PROJECT = [
  '✗ Las tareas corren cada minuto (pg_cron) (pg_cron no está activo)',
  '✗ Alguien administra',
  '✗ La institución está configurada',
]

test('an empty project lacks a schedule, an administrator and an institution, and nothing else', async () => {
  expect(await missing()).toEqual(OF_AN_EMPTY_PROJECT)
})

test('a missing bucket, a table without row security, a missing migration and a wrong secret are each named', async () => {
  const damage = `alter table app.municipalities disable row level security;
    update storage.buckets set id = 'elsewhere' where id = 'videos-public';
    delete from supabase_migrations.schema_migrations where version = '20261123004900'`
  expect(await missing(damage, { jobsSecret: 'another' })).toEqual([
    '✗ Las migraciones de esta versión, ni más ni menos (faltan 1 y sobran 0: 20261123004900)',
    '✗ Cada tabla de «app» con seguridad por fila',
    OF_AN_EMPTY_PROJECT[0],
    '✗ Los buckets de los archivos existen (faltan videos-public)',
    ...OF_AN_EMPTY_PROJECT.slice(1),
    '✗ sign trabaja y solo con su secreto (rechaza este JOBS_SECRET, o pide una sesión (verify_jwt))',
    '✗ send-mail trabaja y solo con su secreto (rechaza este JOBS_SECRET, o pide una sesión (verify_jwt))',
    '✗ verify-media trabaja y solo con su secreto (rechaza este JOBS_SECRET, o pide una sesión (verify_jwt))',
    '✗ verify-files trabaja y solo con su secreto (rechaza este JOBS_SECRET, o pide una sesión (verify_jwt))',
    '✗ open-data trabaja y solo con su secreto (rechaza este JOBS_SECRET, o pide una sesión (verify_jwt))',
  ])
  await repair(`alter table app.municipalities enable row level security;
    update storage.buckets set id = 'videos-public' where id = 'elsewhere';
    insert into supabase_migrations.schema_migrations (version) values ('20261123004900')`)
})

test.each([
  [
    'a bucket for files under review that somebody made public',
    `update storage.buckets set public = true where id = 'videos-intake'`,
    `update storage.buckets set public = false where id = 'videos-intake'`,
    '✗ Los archivos por revisar no son públicos, y los publicados sí (videos-intake)',
  ],
  [
    'a policy of files that somebody added',
    `create policy mine on storage.objects for insert to anon with check (true)`,
    `drop policy mine on storage.objects`,
    '✗ Solo entra el archivo que alguien anunció (2 disparadores y 4 políticas)',
  ],
  [
    'a limit of the project below that of videos',
    `update storage.buckets set file_size_limit = 400 * 1024 * 1024 where id = 'videos-intake'`,
    `update storage.buckets set file_size_limit = 300 * 1024 * 1024 where id = 'videos-intake'`,
    '✗ Un video del tamaño permitido cabe (no caben 400 MB)',
  ],
  [
    'a job that fails again and again',
    `insert into app.job_faults (job, times, code) select name, 3, '57014' from app.due_jobs where name = 'uploads_settled'`,
    `delete from app.job_faults where true`,
    '✗ Ninguna tarea falla (uploads_settled (57014))',
  ],
])('%s is named', async (_, damage, undo, line) => {
  expect(await missing(damage)).toContain(line)
  await repair(undo)
  expect(await missing()).toEqual(OF_AN_EMPTY_PROJECT)
})

test('keys in each other’s place are named', async () => {
  const swapped = { publishableKey: TEST_KEYS.secretKey, secretKey: PUBLISHABLE_KEY }
  const line = '✗ La llave secreta administra, y la pública no'
  const isOpen = '(la llave pública es una secreta: cámbiala, y construye la app otra vez)'
  expect(await missing('', swapped)).toContain(`${line} ${isOpen}`)
  expect(await missing('', { secretKey: PUBLISHABLE_KEY })).toContain(`${line} (a la secreta contestó 401)`)
})

test('a project that does not answer is a failed check with its reason, not an error', async () => {
  const found = await missing('', { url: `http://127.0.0.1:${await freePort()}` })
  expect(found).toContain('✗ La API contesta con la llave pública (no contesta: ECONNREFUSED)')
})
