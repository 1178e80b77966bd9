/** Creates the data folder of a Postgres cluster, whole or not at all. */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import type { Account } from './account'
import { environment } from './leash'
import { isAlive } from './processes'

/** The password of every login, generated once for the folder. */
export function preparePassword(folder: string): string {
  const file = path.join(folder, 'password')
  mkdirSync(folder, { recursive: true })
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

/** Runs initdb, as the account that will run Postgres, beside the final place: a killed start leaves no half cluster. */
export function initialise(native: string, data: string, password: string, account: Account | null): void {
  sweepUnfinished(data)
  const making = `${data}.${process.pid}`
  mkdirSync(making, { mode: 0o700 })
  const passwordFile = path.join(making, 'pwfile')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  const inside = path.join(making, 'data')
  if (account) for (const own of [making, passwordFile]) chownSync(own, account.uid, account.gid)
  const flags = [
    '--username=supabase_admin',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]
  const locale = ['--locale-provider=icu', '--icu-locale=en-US'] // as supabase/postgres makes its clusters
  const made = spawnSync(
    path.join(native, 'bin', 'initdb'),
    [`--pgdata=${inside}`, `--pwfile=${passwordFile}`, ...flags, ...locale],
    { ...account, cwd: making, env: environment(), encoding: 'utf8' },
  )
  if (made.status !== 0) {
    rmSync(making, { recursive: true, force: true })
    throw new Error(`initdb falló: ${made.error?.message ?? made.stderr}`)
  }
  renameSync(inside, data)
  rmSync(making, { recursive: true, force: true })
}

/** Deletes what killed starts left while they created their cluster. */
function sweepUnfinished(data: string): void {
  for (const name of readdirSync(path.dirname(data))) {
    const [, pid] = /^postgres\.(\d+)$/.exec(name) ?? []
    const unfinished = path.join(path.dirname(data), name)
    if (pid && !isAlive(Number(pid))) rmSync(unfinished, { recursive: true, force: true, maxRetries: 10 })
  }
}
