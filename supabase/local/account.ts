/**
 * Which account runs Postgres, and which folders it can reach. Postgres refuses to run as root, so root runs it as
 * `postgres` or, where that account does not exist, as `nobody`. No account is created.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'

export interface Account {
  uid: number
  gid: number
}

/** The account that runs Postgres for root, or null when the current account can run it. */
export function borrowAccount(): Account | null {
  if (process.getuid?.() !== 0) return null
  for (const name of ['postgres', 'nobody']) {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
    try {
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      continue // no such account here
    }
  }
  throw new Error(
    'No hay una cuenta «postgres» ni «nobody» con la cual correr Postgres: usa una cuenta que no sea root.',
  )
}

/** Whether the account may traverse this folder and every folder above it. */
export function canReach(folder: string, account: Account | null): boolean {
  if (!account) return true
  const parent = path.dirname(folder)
  const { uid, gid, mode } = statSync(folder)
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
  return (mode & bit) !== 0 && (parent === folder || canReach(parent, account))
}

/** Creates a folder in a shared one, such as /tmp. Throws when another account created it first. */
export function makeOwnFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  if (statSync(folder).uid !== process.getuid?.())
    throw new Error(`${folder} es de otra cuenta: bórrala o cambia TMPDIR.`)
  return folder
}
