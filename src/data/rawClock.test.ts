/**
 * The phone's clock may be days wrong. Only the files below may read it; everything else that decides or claims
 * something by the time reads `serverNow` or `certainNow`.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SRC = join(import.meta.dirname, '..')

/** Why each file may read the phone's clock. */
const MAY: Record<string, string> = {
  'data/serverClock.ts': 'makes the server’s clock of it',
  'data/firstRead.ts': 'the age of an answer in memory',
  'sync/watchClock.ts': 'notices that it was set',
  'sync/engine.ts': 'the waits of the sender, which end by this clock alone',
  'sync/enqueue.ts': 'the age of an overlay on this phone',
  'sync/discard.ts': 'the age of an overlay on this phone',
  'sync/uuid.ts': 'the order of ids, which never goes back',
  'media/start.ts': 'the age of half-copied bytes on this phone',
  'media/store.ts': 'the age of half-copied bytes on this phone',
  'media/transfersStore.ts': 'the speed of an upload',
  'media/useTransfer.ts': 'the speed of an upload',
  'app/lostChunks.ts': 'a pause between two reloads',
  'app/worker.ts': 'a pause between two looks for a new version',
  'data/staff/account.ts': 'a name that differs from the others',
  'staff/review/presence.ts': 'a pause without a key or a tap',
  'media/codes/useScanner.ts': 'a pause between two readings of one code',
  'sync/staff/takeOver.ts': 'the age of an overlay on this phone',
}

const CLOCK = /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(\s*\)/u
const readers = (files: readonly { file: string; code: string }[]) =>
  files
    .filter(({ code }) => CLOCK.test(code.replaceAll(/\/\/.*$|\/\*[\s\S]*?\*\//gmu, '')))
    .map(({ file }) => file)

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(ts|vue)$/u.test(file) && !/\.test\.ts$|(^|\/)testing\//u.test(file))
  .map((file) => ({ file, code: readFileSync(join(SRC, file), 'utf8') }))

test('only the files that are named here read the phone’s clock', () => {
  expect(readers(sources).sort()).toEqual(Object.keys(MAY).sort())
})

test.each(['const now = Date.now()', 'phaseOf(window, new Date())', 'now: Date.now,'])(
  'the check finds `%s`',
  (code) => expect(readers([{ file: 'a.ts', code }])).toEqual(['a.ts']),
)

test('the check leaves instants and comments alone', () => {
  const code = '// Date.now() may be wrong\nconst at = new Date(row.at)'
  expect(readers([{ file: 'a.ts', code }])).toEqual([])
})
