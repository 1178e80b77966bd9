/** `npm run deploy:check` on the embedded backend, whole and with one part missing after the other. */
import { rmSync } from 'node:fs'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkDeployment } from '../../scripts/deployCheck'
import { withClient } from '../../supabase/local/database'
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
    '✗ send-mail trabaja y solo con su secreto (con el secreto contestó 401)',
    '✗ verify-media trabaja y solo con su secreto (con el secreto contestó 401)',
    '✗ verify-files trabaja y solo con su secreto (con el secreto contestó 401)',
  ])
})

test('a project that does not answer is a failed check with its reason, not an error', async () => {
  const found = await missing('', { url: 'http://127.0.0.1:1' })
  expect(found).toContain('✗ La API contesta con la llave pública (fetch failed)')
})
