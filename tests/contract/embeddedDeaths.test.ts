/** What the embedded backend does when a part of it dies: it starts that part again, or says why it cannot. */
import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { withClient } from '../../supabase/local/database'
import { SECRET_KEY } from '../../supabase/local/keys'
import { AlreadyRunning, startPostgres } from '../../supabase/local/postgres'
import { callStatus, deletePrepared, makeSeededFolder, type Running, start, until } from './embeddedBackend'

let folder: string
let running: Running
let reasons: string[]
beforeEach(async () => {
  folder = await makeSeededFolder()
  reasons = []
  running = await start({ folder, durable: true, gaveUp: ({ message }) => reasons.push(message) })
})
afterEach(async () => {
  await running.close()
  rmSync(folder, { recursive: true, force: true })
})

afterAll(deletePrepared)

const postmasterPid = () =>
  Number(readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
const onceSaid = (words: string, times = 1) =>
  until(words, () => running.said.filter((line) => line.includes(words)).length >= times)
const query = <T extends object>(sql: string, url = running.databaseUrl) =>
  withClient(url, async (client) => (await client.query<T>(sql)).rows)

test.each(['SIGKILL', 'SIGQUIT', 'SIGINT', 'SIGTERM'] as const)(
  'Postgres that ends by %s is started again, with its data, on the same port',
  async (signal) => {
    await query('create table public.kept as select 1 as one')
    expect(await callStatus(running)).toBe(200)
    process.kill(postmasterPid(), signal)
    await onceSaid('Postgres responde otra vez')
    expect(await callStatus(running)).toBe(200)
    expect(await query('table public.kept')).toEqual([{ one: 1 }])
    expect(reasons).toEqual([])
  },
)

test('a killed shell, whose end says nothing of Postgres, is replaced together with it', async () => {
  const status = execFileSync('ps', ['-o', 'ppid=', '-p', String(postmasterPid())], { encoding: 'utf8' })
  process.kill(Number(status), 'SIGKILL')
  await onceSaid('Postgres responde otra vez')
  expect(await callStatus(running)).toBe(200)
})

test('calls get an HTTP answer all the while', async () => {
  process.kill(postmasterPid(), 'SIGKILL')
  const statuses = new Set<number>()
  await until('an answer after the restart', async () => {
    statuses.add(await callStatus(running))
    return running.said.some((line) => line.includes('responde otra vez'))
  })
  statuses.add(await callStatus(running))
  expect([...statuses].filter((status) => ![200, 500, 503].includes(status))).toEqual([])
  expect(statuses).toContain(200)
})

test('a killed server process, which takes all connections with it, leaves the folder with its owner', async () => {
  const victim = new pg.Client({ connectionString: running.databaseUrl })
  victim.on('error', () => undefined)
  await victim.connect()
  const { rows } = await victim.query<{ pid: number }>('select pg_backend_pid() as pid')
  process.kill(rows[0]!.pid, 'SIGKILL')
  await onceSaid('Postgres responde otra vez')
  expect(await callStatus(running)).toBe(200)
  await expect(startPostgres({ folder, durable: true })).rejects.toThrow(AlreadyRunning)
  await expect(startPostgres({ folder, durable: true })).rejects.toThrow(running.address)
})

test('ended connections of the pool, idle or busy, fail one call at most', async () => {
  await Promise.all(Array.from({ length: 8 }, () => callStatus(running)))
  await query(`select pg_terminate_backend(pid) from pg_stat_activity
    where usename in ('authenticator', 'postgres') and pid <> pg_backend_pid()`)
  await until('a call that works', async () => (await callStatus(running)) === 200)
  expect(await callStatus(running)).toBe(200)
})

test('a connection that Postgres ends between two queries fails the next query, not the process', async () => {
  const work = withClient(running.databaseUrl, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    await query(`select pg_terminate_backend(${rows[0]!.pid})`)
    await wait(200)
    await client.query('select 1')
  })
  await expect(work).rejects.toThrow(/not queryable|terminat|closed/iu)
  expect(await callStatus(running)).toBe(200)
})

test('a data folder that is gone is not replaced by an empty one: the backend gives up and says why', async () => {
  renameSync(path.join(folder, 'postgres'), path.join(folder, 'elsewhere'))
  await until('it gives up', () => reasons.length > 0)
  expect(reasons).toEqual([expect.stringContaining(`Los datos ya no están en ${folder}`)])
  expect(await callStatus(running)).toBe(503)
})

test('a Postgres that keeps dying is given up after a while', async () => {
  for (let time = 1; reasons.length === 0 && time <= 5; time++) {
    process.kill(postmasterPid(), 'SIGKILL')
    await until('it restarts or gives up', () => {
      const restarts = running.said.filter((line) => line.includes('responde otra vez')).length
      return restarts >= time || reasons.length > 0
    })
  }
  expect(reasons).toEqual([expect.stringContaining('Postgres terminó varias veces')])
})

test('a job that fails is told once and tried again, and a broken letter does not close the inbox', async () => {
  const { address } = running
  await query('alter function public.run_due_jobs() rename to run_due_jobs_hidden')
  await onceSaid('Tareas: ')
  await query('alter function public.run_due_jobs_hidden() rename to run_due_jobs')
  writeFileSync(path.join(folder, 'inbox.jsonl'), '{"at": "2026-01-01", "to": "an\n')
  await query(`select app.queue_mail('ana@contrato.example', 'Hola', 'Cuerpo', app.now())`)
  const letters = async () => (await (await fetch(`${address}/__inbox.json`)).json()) as unknown[]
  await until('the next round sends the letter', async () => (await letters()).length === 1)
})

test('storage whose folder is gone refuses uploads and downloads and serves the rest', async () => {
  rmSync(path.join(folder, 'storage'), { recursive: true, force: true })
  const upload = await fetch(`${running.address}/storage/v1/object/videos-public/a.mp4`, {
    method: 'POST',
    headers: { apikey: SECRET_KEY, 'content-type': 'video/mp4' },
    body: 'x',
  })
  expect(upload.status).toBe(500)
  expect(await callStatus(running)).toBe(200)
})
