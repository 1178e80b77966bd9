/**
 * A base backup with Postgres' low-level API (manual, 25.3.4). The data folder is copied piece by piece while
 * the server keeps writing, so the pieces are of different instants and only the WAL makes the copy consistent.
 */
import { execFileSync } from 'node:child_process'
import { appendFileSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { borrowAccount } from '../../supabase/local/account'
import type { Cluster } from './cluster'

/** Files of the running server only. The WAL is copied last, because it must contain the end of the backup. */
const LEFT_OUT = new Set(['postmaster.pid', 'postmaster.opts', 'pg_wal'])

/** Copies the data folder `from` of a running cluster to `to`. Calls `write` between the pieces. */
export async function takeBaseBackup(
  cluster: Cluster,
  from: string,
  to: string,
  write: () => Promise<unknown>,
): Promise<void> {
  const [source, target] = [cluster.folder(from), cluster.folder(to)].map((at) => path.join(at, 'postgres'))
  mkdirSync(cluster.folder(to))
  mkdirSync(target!, { mode: 0o700 })
  copyFileSync(path.join(cluster.folder(from), 'password'), path.join(cluster.folder(to), 'password'))
  const copy = (name: string) => execFileSync('cp', ['-a', path.join(source!, name), target!])
  await cluster.asAdmin(async (client) => {
    await client.query(`select pg_backup_start('rehearsal', true)`)
    for (const name of readdirSync(source!).filter((one) => !LEFT_OUT.has(one))) {
      copy(name)
      await write()
    }
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
    writeFileSync(path.join(target!, 'backup_label'), rows[0]!.labelfile)
  })
  copy('pg_wal')
  giveAway(target!)
}

/**
 * Requests point-in-time recovery to the end of the backup. Postgres then stays read-only until it is resumed.
 */
export function askForRecovery(cluster: Cluster, name: string): void {
  const data = path.join(cluster.folder(name), 'postgres')
  const settings = {
    restore_command: 'false', // no WAL was archived
    recovery_target: 'immediate',
    recovery_target_action: 'pause',
  }
  writeFileSync(path.join(data, 'recovery.signal'), '')
  const lines = Object.entries(settings).map(([setting, value]) => `${setting} = '${value}'\n`)
  appendFileSync(path.join(data, 'postgresql.auto.conf'), lines.join(''))
  giveAway(data)
}

function giveAway(data: string): void {
  const account = borrowAccount()
  if (account) execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, data])
}
