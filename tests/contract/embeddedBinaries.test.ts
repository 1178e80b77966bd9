/** The programs of Postgres may be prepared by several processes at once: the first runs of a fresh clone. */
import { mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hydrate } from '../../supabase/local/binaries'

let native: string
beforeEach(() => {
  native = mkdtempSync(path.join(os.tmpdir(), 'convoca-binaries-'))
  for (const folder of ['lib', 'bin']) mkdirSync(path.join(native, folder))
  for (const program of ['postgres', 'initdb']) writeFileSync(path.join(native, 'bin', program), '')
  writeFileSync(
    path.join(native, 'pg-symlinks.json'),
    JSON.stringify([{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }]),
  )
})
afterEach(() => rmSync(native, { recursive: true }))

const linkOf = () => readlinkSync(path.join(native, 'lib/libx.so.1'))

test('a missing link is made, and a second preparation changes nothing', () => {
  expect([hydrate(native), hydrate(native)]).toEqual([true, true])
  expect(linkOf()).toBe('libx.so.1.2')
})

test('a link that another process made between the look and the making is no error', () => {
  symlinkSync('libx.so.1.2', path.join(native, 'lib/libx.so.1')) // its file is not there yet: a look finds nothing
  expect(hydrate(native)).toBe(true)
  expect(linkOf()).toBe('libx.so.1.2')
})
