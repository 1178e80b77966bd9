/**
 * One Postgres 17 on one data folder, for one process.
 *
 * - Whoever holds the advisory lock of the cluster owns it. A second start hears who the owner is.
 * - Postgres ends with its owner, however that one ends: a shell beside it waits on a pipe that the
 *   system closes. What still outlives a power cut or the killing of both is found by `postmaster.pid`.
 * - It listens on 127.0.0.1 only, on a free port, with a password made for this folder.
 */
import type { ChildProcess } from 'node:child_process'
import { chownSync, existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { borrowAccount } from './account'
import { findPostgres } from './binaries'
import { initialise, preparePassword } from './cluster'
import { freePort, launch, untilReady } from './leash'
import { type Postmaster, readPostmaster, removeStalePid } from './postmaster'

/** `supabase_admin` is the superuser, `postgres` owns what migrations make, `authenticator` serves requests. */
export type Login = 'supabase_admin' | 'postgres' | 'authenticator'

export interface Postgres {
  readonly password: string
  url(login: Login, database?: string): string
  /** Tells a second start where the owner answers. */
  announce(address: string): Promise<void>
  /** Stops Postgres and waits for it. Safe to call twice. */
  stop(): Promise<void>
}

export interface PostgresOptions {
  /** Holds `postgres/` (data), `password` and `postgres.log`. Its parents must be passable for the account. */
  folder: string
  /** False for throw-away databases: nothing is flushed, and the folder goes away with the process. */
  durable: boolean
  /** Throws the data away first, unless another process has them. */
  reset?: boolean
}

/** Another process owns this folder. `address` is null while it is still starting. */
export class AlreadyRunning extends Error {
  constructor(
    readonly pid: number,
    readonly address: string | null,
  ) {
    super(`Ya está en marcha${address ? ` en ${address}` : ''} (proceso ${pid}).`)
  }
}

const LOCK = 1_129_270_854 // any number, the same in every version
const ATTEMPTS = 3
const FORMER_MS = 30_000

/** Starts Postgres on the folder, made if it is missing. Throws AlreadyRunning when another process has it. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const account = borrowAccount()
  const native = findPostgres(account)
  const data = path.join(options.folder, 'postgres')
  const password = preparePassword(options.folder)
  if (account && !options.durable) chownSync(options.folder, account.uid, account.gid) // it throws it away
  await settleFormer(data, password)
  if (options.reset) rmSync(data, { recursive: true, force: true })
  if (!existsSync(data)) initialise(native, data, password, account)
  for (let attempt = 1; ; attempt++) {
    await settleFormer(data, password)
    removeStalePid(data)
    const port = await freePort()
    const child = launch(native, data, port, options, account)
    const running = await untilReady(child, data, port)
    const lock = running && (await takeLock(running, password))
    if (lock) return handle(child, lock, running, password)
    if (attempt === ATTEMPTS)
      throw new Error(`Postgres no arrancó. Lo último que dijo:\n${tail(options.folder)}`)
  }
}

/** Waits for a Postgres that is going, stops one that lost its owner, and throws when its owner lives. */
async function settleFormer(data: string, password: string): Promise<void> {
  const giveUp = Date.now() + FORMER_MS
  for (let stopping = false; ;) {
    const former = readPostmaster(data)
    if (!former) return
    if (Date.now() > giveUp)
      throw new Error(
        `Un Postgres anterior (proceso ${former.pid}) no termina: ciérralo y vuelve a intentar.`,
      )
    if (former.ready && !stopping) {
      const lock = await takeLock(former, password)
      if (lock) {
        stopping = true
        process.kill(former.pid, 'SIGINT')
        await lock.end().catch(() => undefined) // it was told to close every connection
      }
    }
    await wait(25)
  }
}

/** The connection that owns the cluster. Null when Postgres went away meanwhile; throws when another has it. */
async function takeLock(running: Postmaster, password: string): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: urlOf(running.port, password, 'supabase_admin') })
  client.on('error', () => undefined) // its end is seen by the process that ends
  try {
    await client.connect()
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (code === '57P03' || code === 'ECONNREFUSED' || code === 'ECONNRESET') return null
    throw error
  }
  const mine = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) got', [LOCK])
  if (mine.rows[0]?.got) return client
  const owner = await client.query<{ application_name: string }>(
    "select application_name from pg_stat_activity join pg_locks using (pid) where locktype = 'advisory' and objid = $1 and granted",
    [LOCK],
  )
  await client.end()
  const [pid, address] = (owner.rows[0]?.application_name ?? '').split(' ')
  throw new AlreadyRunning(Number(pid), address ?? null)
}

async function handle(
  child: ChildProcess,
  lock: pg.Client,
  running: Postmaster,
  password: string,
): Promise<Postgres> {
  const announce = async (address: string) => {
    await lock.query("select set_config('application_name', $1, false)", [`${process.pid} ${address}`.trim()])
  }
  await announce('')
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  return {
    password,
    url: (login, database = 'postgres') => urlOf(running.port, password, login, database),
    announce,
    stop: async () => {
      child.stdio[3]?.destroy()
      if (child.exitCode === null && child.signalCode === null) await ended
    },
  }
}

const urlOf = (port: number, password: string, login: Login, database = 'postgres') =>
  `postgresql://${login}:${password}@127.0.0.1:${port}/${database}`

const tail = (folder: string) =>
  readFileSync(path.join(folder, 'postgres.log'), 'utf8').split('\n').slice(-8).join('\n')
