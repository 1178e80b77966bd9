/**
 * One Postgres 17 on one data folder, owned by one process.
 *
 * - The process that holds the cluster's advisory lock owns the folder. A second start learns who the owner is.
 * - Postgres ends when its owner does, even by kill −9: a shell beside it waits on a pipe that the system then
 *   closes. If the shell was killed too, the next start finds Postgres by `postmaster.pid` and stops it.
 * - It listens on 127.0.0.1 only, on a free port, with a password generated for this folder.
 */
import type { ChildProcess } from 'node:child_process'
import { chownSync, existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { borrowAccount } from './account'
import { findPostgres, majorOf } from './binaries'
import { initialise, preparePassword } from './cluster'
import { freePort, launch, untilReady } from './leash'
import { OldData } from './oldData'
import { type Postmaster, readPostmaster, removeStalePid } from './postmaster'

/**
 * `supabase_admin` is the superuser, `postgres` owns what migrations create, `authenticator` serves requests, and
 * `supabase_storage_admin` owns the schema `storage`.
 */
export type Login = 'supabase_admin' | 'postgres' | 'authenticator' | 'supabase_storage_admin'

export interface Postgres {
  readonly password: string
  readonly port: number
  url(login: Login, database?: string): string
  /** Tells a second start at which address the owner answers. */
  announce(address: string): Promise<void>
  /** Resolves when this process no longer owns a running Postgres: it ended, crashed or was abandoned. */
  readonly lost: Promise<void>
  /** Gives it up as lost, for who knows that it is. `stop` is still due. */
  abandon(): void
  /** Stops Postgres and waits for its end; kills it when it does not end in order. Safe to call twice. */
  stop(): Promise<void>
}

export interface PostgresOptions {
  /** Holds `postgres/` (data), `password` and `postgres.log`. The account that runs Postgres must reach it. */
  folder: string
  /** False for throw-away databases: nothing is flushed, and the folder is deleted when the process ends. */
  durable: boolean
  /** Deletes the data first, unless another process owns them. */
  reset?: boolean
  /** The port to listen on; a free one by default. */
  port?: number
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
const ATTEMPTS = 5
/** After a kill −9 the server processes of the former Postgres need a moment to end. */
const BETWEEN_ATTEMPTS_MS = 300
const FORMER_MS = 30_000
const STOP_MS = 20_000

/**
 * Starts Postgres on the folder and creates a cluster when there is none. Throws AlreadyRunning when another
 * process owns the folder, and OldData when another major version of Postgres wrote it.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const account = borrowAccount()
  const native = findPostgres(account)
  const data = path.join(options.folder, 'postgres')
  const password = preparePassword(options.folder)
  if (account && !options.durable) chownSync(options.folder, account.uid, account.gid) // it throws it away
  await settleFormer(data, password)
  if (options.reset) rmSync(data, { recursive: true, force: true })
  if (existsSync(data)) checkMajor(data, majorOf(native))
  else initialise(native, data, password, account)
  for (let attempt = 1; ; attempt++) {
    await settleFormer(data, password)
    removeStalePid(data)
    const port = options.port ?? (await freePort())
    const child = launch(native, data, port, options, account)
    const running = await untilReady(child, data, port)
    const lock = running && (await takeLock(running, password))
    if (lock) return handle(child, lock, running, password)
    if (attempt === ATTEMPTS)
      throw new Error(`Postgres no arrancó. Lo último que dijo:\n${tail(options.folder)}`)
    await wait(BETWEEN_ATTEMPTS_MS)
  }
}

/** Throws OldData unless this Postgres can read the cluster. */
function checkMajor(data: string, major: string): void {
  const file = path.join(data, 'PG_VERSION')
  const written = existsSync(file) ? readFileSync(file, 'utf8').trim() : null
  if (written === null) throw new OldData('no están completos')
  if (written !== major) throw new OldData(`son de Postgres ${written} y este es Postgres ${major}`)
}

/** Waits for a Postgres that is ending, stops one whose owner is gone, and throws when its owner is alive. */
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
        await lock.end().catch(() => undefined) // Postgres closes it too
      }
    }
    await wait(25)
  }
}

/** The connection that owns the cluster. Null when Postgres ended meanwhile; throws when another process owns it. */
async function takeLock(running: Postmaster, password: string): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: urlOf(running.port, password, 'supabase_admin') })
  client.on('error', () => undefined) // `end` follows, and `lost` waits for that
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
  let abandon: () => void = () => undefined
  const lost = new Promise<void>((done) => (abandon = done))
  lock.once('end', abandon)
  void ended.then(abandon)
  return {
    password,
    port: running.port,
    url: (login, database = 'postgres') => urlOf(running.port, password, login, database),
    announce,
    lost,
    abandon: () => abandon(),
    stop: async () => {
      child.stdio[3]?.destroy()
      const timer = setTimeout(() => killGroup(child), STOP_MS)
      if (child.exitCode === null && child.signalCode === null) await ended
      clearTimeout(timer)
      await lock.end().catch(() => undefined) // still open where the shell was killed and Postgres was not
    },
  }
}

/** Kills Postgres with the shell that holds it. Its server processes end when they notice. */
function killGroup({ pid }: ChildProcess): void {
  try {
    process.kill(-pid!, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // ended meanwhile
  }
}

const urlOf = (port: number, password: string, login: Login, database = 'postgres') =>
  `postgresql://${login}:${password}@127.0.0.1:${port}/${database}`

const tail = (folder: string) =>
  readFileSync(path.join(folder, 'postgres.log'), 'utf8').split('\n').slice(-8).join('\n')
