/** Runs Postgres so that it shuts down whenever the process that started it ends. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Account } from './account'
import { type Postmaster, readPostmaster } from './postmaster'

/** The shell lives as long as Postgres. It shuts Postgres down when our end of the pipe on fd 3 closes. */
const LEASH = `"$@" 3<&- & pid=$!
{ read -r _ <&3; kill -INT "$pid"; } & watcher=$!
wait "$pid"; code=$?; kill "$watcher" 2>/dev/null
[ "$code" -ne 0 ] || [ -z "$THROW_AWAY" ] || { cd /; rm -rf "$THROW_AWAY"; }`

/** Starts Postgres on the folder, tied to this process. */
export function launch(
  native: string,
  data: string,
  port: number,
  { folder, durable }: { folder: string; durable: boolean },
  account: Account | null,
): ChildProcess {
  const settings = {
    ...SETTINGS,
    port,
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', max_connections: 250 }),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const logFile = path.join(folder, 'postgres.log')
  const log = openSync(logFile, 'a', 0o600)
  const child = spawn(
    '/bin/sh',
    ['-c', LEASH, 'leash', path.join(native, 'bin', 'postgres'), '-D', data, ...flags],
    {
      ...account,
      cwd: data,
      env: { ...environment(), THROW_AWAY: durable ? '' : folder },
      stdio: ['ignore', log, log, 'pipe'],
      detached: true, // Ctrl-C reaches only this process, which shuts Postgres down
    },
  )
  closeSync(log)
  return child
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_preload_libraries: '',
  max_connections: 100,
  timezone: 'UTC',
  log_timezone: 'UTC',
  idle_in_transaction_session_timeout: '10s',
  // Keeps what people wrote out of the log: failed statements and duplicate keys would carry it there.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

/** Waits until Postgres answers. Null when it ends before that. */
export async function untilReady(
  child: ChildProcess,
  data: string,
  port: number,
): Promise<Postmaster | null> {
  while (child.exitCode === null && child.signalCode === null) {
    const running = readPostmaster(data)
    if (running?.ready && running.port === port) return running
    await wait(15)
  }
  return null
}

/** The environment of Postgres' programs: nothing of ours but PATH. */
export const environment = () => ({ PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' })

/** A port of 127.0.0.1 that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}
