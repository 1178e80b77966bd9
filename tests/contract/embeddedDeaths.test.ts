/** When a part of the embedded backend dies, the backend restarts that part or explains why it cannot. */
import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { withClient } from '../../supabase/local/database'
import { TEST_KEYS } from '../support/keys'
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
  'Postgres ended by %s is restarted with its data on the same port',
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

test('when the shell of Postgres is killed, the backend replaces it together with Postgres', async () => {
  const status = execFileSync('ps', ['-o', 'ppid=', '-p', String(postmasterPid())], { encoding: 'utf8' })
  process.kill(Number(status), 'SIGKILL')
  await onceSaid('Postgres responde otra vez')
  expect(await callStatus(running)).toBe(200)
})

test('calls get an HTTP answer while Postgres is down', async () => {
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

test('after a killed server process, which ends all connections, the folder still has its owner', async () => {
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

test('terminated connections of the pool, idle or busy, fail at most one call', async () => {
  await Promise.all(Array.from({ length: 8 }, () => callStatus(running)))
  await query(`select pg_terminate_backend(pid) from pg_stat_activity
    where usename in ('authenticator', 'postgres') and pid <> pg_backend_pid()`)
  await until('a call that works', async () => (await callStatus(running)) === 200)
  expect(await callStatus(running)).toBe(200)
})

test('a connection that Postgres terminates between two queries fails the next query and not the process', async () => {
  const work = withClient(running.databaseUrl, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    await query(`select pg_terminate_backend(${rows[0]!.pid})`)
    await wait(200)
    await client.query('select 1')
  })
  await expect(work).rejects.toThrow(/not queryable|terminat|closed/iu)
  expect(await callStatus(running)).toBe(200)
})

test('when the data folder is gone, the backend gives up with the reason and creates no empty one', async () => {
  renameSync(path.join(folder, 'postgres'), path.join(folder, 'elsewhere'))
  await until('it gives up', () => reasons.length > 0)
  expect(reasons).toEqual([expect.stringContaining(`Los datos ya no están en ${folder}`)])
  expect(await callStatus(running)).toBe(503)
})

test('the backend gives up on a Postgres that keeps dying', async () => {
  for (let time = 1; reasons.length === 0 && time <= 5; time++) {
    process.kill(postmasterPid(), 'SIGKILL')
    await until('it restarts or gives up', () => {
      const restarts = running.said.filter((line) => line.includes('responde otra vez')).length
      return restarts >= time || reasons.length > 0
    })
  }
  expect(reasons).toEqual([expect.stringContaining('Postgres terminó varias veces')])
})

test('a failing job is reported once and repeated, and an invalid letter does not close the inbox', async () => {
  const { address } = running
  await query('alter function public.run_due_jobs() rename to run_due_jobs_hidden')
  await onceSaid('Tareas: ')
  await query('alter function public.run_due_jobs_hidden() rename to run_due_jobs')
  writeFileSync(path.join(folder, 'inbox.jsonl'), '{"at": "2026-01-01", "to": "an\n')
  await query(`select app.queue_mail('ana@contrato.example', 'Hola', 'Cuerpo', app.now())`)
  const letters = async () => (await (await fetch(`${address}/__inbox.json`)).json()) as unknown[]
  await until('the next round sends the letter', async () => (await letters()).length === 1)
})

test('storage without its folder refuses uploads and downloads, and the other parts keep working', async () => {
  rmSync(path.join(folder, 'storage'), { recursive: true, force: true })
  const upload = await fetch(`${running.address}/storage/v1/object/videos-public/a.mp4`, {
    method: 'POST',
    headers: { apikey: TEST_KEYS.secretKey, 'content-type': 'video/mp4' },
    body: 'x',
  })
  expect(upload.status).toBe(500)
  expect(await callStatus(running)).toBe(200)
})
