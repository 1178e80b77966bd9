/** Promises of the embedded backend only, whichever target the rest of the contract suite has. */
import { spawn } from 'node:child_process'
import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import { applyMigrations, MigrationChanged } from '../../supabase/local/migrate'
import { prepareDatabase, SUPABASE_FOLDER, withClient } from '../../supabase/local/database'
import { PUBLISHABLE_KEY } from '../../supabase/local/keys'
import { AlreadyRunning, type Postgres, startPostgres } from '../../supabase/local/postgres'
import { createBackend, listen } from '../../supabase/local/server'
import { TEST_KEYS } from '../support/keys'
import { makeFolder } from './embeddedBackend'

let folder: string
beforeEach(() => {
  folder = makeFolder()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function withPostgres<T>(
  options: { reset?: boolean },
  work: (postgres: Postgres) => Promise<T>,
): Promise<T> {
  const postgres = await startPostgres({ folder, durable: true, ...options })
  try {
    return await work(postgres)
  } finally {
    await postgres.stop()
  }
}

const query = <T extends object>(postgres: Postgres, sql: string) =>
  withClient(postgres.url('supabase_admin'), async (client) => (await client.query<T>(sql)).rows)

describe('the data folder', () => {
  test('the data folder belongs to one process, and a second start names its owner', async () => {
    await withPostgres({}, async (postgres) => {
      await postgres.announce('http://127.0.0.1:4321')
      const second = startPostgres({ folder, durable: true })
      await expect(second).rejects.toThrow(AlreadyRunning)
      await expect(second).rejects.toThrow(`en http://127.0.0.1:4321 (proceso ${process.pid})`)
      expect(await query(postgres, 'select 1 as one')).toEqual([{ one: 1 }])
    })
  })

  test('the data folder is kept between runs and deleted by a reset', async () => {
    await withPostgres({}, (postgres) => query(postgres, 'create table kept as select 1 as one'))
    await withPostgres({}, async (postgres) =>
      expect(await query(postgres, 'table kept')).toEqual([{ one: 1 }]),
    )
    await withPostgres({ reset: true }, (postgres) =>
      expect(query(postgres, 'table kept')).rejects.toThrow('kept'),
    )
  })

  test('a pid file with the number of an unrelated process does not block the start', async () => {
    await withPostgres({}, async () => undefined)
    const other = spawn('sleep', ['60'])
    const pidFile = path.join(folder, 'postgres', 'postmaster.pid')
    writeFileSync(pidFile, `${other.pid}\n${folder}/postgres\n1\n5432\n\n127.0.0.1\n 0\nready\n`)
    try {
      await withPostgres({}, async (postgres) =>
        expect(await query(postgres, 'select 1 as one')).toHaveLength(1),
      )
    } finally {
      other.kill()
    }
  })

  test('a start refuses a migration that was edited, renamed, removed or inserted before an applied one', async () => {
    const migrations = path.join(folder, 'migrations')
    cpSync(path.join(SUPABASE_FOLDER, 'migrations'), migrations, { recursive: true })
    const write = (file: string, sql: string) => writeFileSync(path.join(migrations, file), sql)
    await withPostgres({}, async (postgres) => {
      await prepareDatabase(postgres, { seed: false })
      await withClient(postgres.url('postgres'), async (client) => {
        const refused = () => expect(applyMigrations(client, migrations)).rejects.toThrow(MigrationChanged)
        write('99990101000000_try.sql', 'create table app.tried (id int)')
        expect(await applyMigrations(client, migrations)).toEqual(['99990101000000_try.sql'])
        expect(await applyMigrations(client, migrations)).toEqual([])
        write('99990101000000_try.sql', 'create table app.tried (id bigint)')
        await refused()
        renameSync(
          path.join(migrations, '99990101000000_try.sql'),
          path.join(migrations, '99990102000000_try.sql'),
        )
        await refused()
        rmSync(path.join(migrations, '99990102000000_try.sql'))
        await refused()
        write('99990101000000_try.sql', 'create table app.tried (id int)')
        write('00000101000000_before.sql', 'create table app.before (id int)')
        await refused()
        expect((await client.query(`select to_regclass('app.before') as made`)).rows).toEqual([
          { made: null },
        ])
      })
    })
  })
})

describe('the embedded backend', () => {
  test('the embedded backend ends anonymous calls after 3 s, sends due mail to its inbox, and refuses large bodies', async () => {
    const backend = await createBackend({ folder, durable: false, say: () => undefined })
    const { address, close } = await listen(backend, 0)
    const post = (at: string, body: string, headers: Record<string, string> = { apikey: PUBLISHABLE_KEY }) =>
      fetch(`${address}${at}`, { method: 'POST', body, headers })
    try {
      await withClient(backend.databaseUrl, (client) =>
        client.query(`create function public.doze() returns void language sql as 'select pg_sleep(20)';
          grant execute on function public.doze to anon;
          select app.queue_mail('ana@contrato.example', 'Hola <b>', 'Cuerpo', app.now())`),
      )
      const dozed = await post('/rest/v1/rpc/doze', '{}')
      expect(await dozed.json()).toMatchObject({ code: '57014' })
      expect(dozed.status).toBe(500)
      expect((await post('/functions/v1/send-mail', '{}', secretHeader(TEST_KEYS.jobsSecret))).status).toBe(
        200,
      )
      const letters = await (await fetch(`${address}/__inbox.json?to=ana@contrato.example`)).json()
      expect(letters).toEqual([expect.objectContaining({ subject: 'Hola <b>' })])
      expect(await (await fetch(`${address}/__inbox`)).text()).not.toContain('<b>')
      expect((await post('/rest/v1/rpc/bootstrap', ' '.repeat(1_000_001))).status).toBe(413)
      const file = (bytes: number) => JSON.stringify({ p_document: { more: 'x'.repeat(bytes) } })
      expect((await post('/rest/v1/rpc/preview_import', file(5_242_880))).status).toBe(401) // read, and not allowed
      expect((await post('/rest/v1/rpc/preview_import', file(6_000_000))).status).toBe(413)
    } finally {
      await close()
      await backend.close()
    }
  })
})
