/** A later version of the app as a host receives it, and a phone's database as an earlier version left it. */
import { cpSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

/**
 * Makes the next version of `dist` in `folder`: the same app with another name for every hashed file, as after
 * a change that affects all of them. No file name under `assets/` is the same.
 */
export function makeNextVersion(dist: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  cpSync(dist, folder, { recursive: true })
  const assets = join(folder, 'assets')
  const names = readdirSync(assets)
  const renamed = (name: string) => name.replace(/\.(js|css)$/u, '2.$1')
  for (const name of names) renameSync(join(assets, name), join(assets, renamed(name)))
  const texts = [...names.map((name) => join('assets', renamed(name))), 'index.html', 'sw.js']
  for (const text of texts) {
    const path = join(folder, text)
    const before = readFileSync(path, 'utf8')
    const after = names.reduce((all, name) => all.replaceAll(name, renamed(name)), before)
    const isWorker = text === 'sw.js' // the worker knows the document by its revision
    writeFileSync(
      path,
      isWorker
        ? after.replace(/"revision":"\w+","url":"index.html"/u, '"revision":"2","url":"index.html"')
        : after,
    )
  }
}

/** Opens a document of the app's origin that does not run the app. */
export const openBlank = (page: Page, origin: string) => page.goto(`${origin}/robots.txt`)

/** The tables as the app's first version created them (Dexie writes version 1 as 10). */
const FIRST_TABLES: [
  name: string,
  key: string | string[],
  indexes: [name: string, path: string | string[]][],
][] = [
  ['meta', 'key', []],
  ['cursors', 'scope', []],
  ['base', ['scope', 'entity', 'id'], [['[scope+entity]', ['scope', 'entity']]]],
  ['overlay', 'op_id', [['entity_id', 'entity_id']]],
  [
    'outbox',
    'seq',
    [
      ['op_id', 'op_id'],
      ['entity_id', 'entity_id'],
      ['state', 'state'],
    ],
  ],
  ['drafts', 'id', []],
  ['items', 'id', []],
  ['leases', 'name', []],
  ['auth', 'key', []],
]

/** Creates the database of the app's first version with these rows, without running the app. */
export const writeFirstVersion = (page: Page, rows: Record<string, object[]>): Promise<void> =>
  page.evaluate(
    ({ tables, all }) =>
      new Promise<void>((done, failed) => {
        const opening = indexedDB.open('convoca', 10)
        opening.addEventListener('upgradeneeded', () => {
          for (const [name, keyPath, indexes] of tables) {
            const store = opening.result.createObjectStore(name, {
              keyPath,
              autoIncrement: name === 'outbox',
            })
            for (const [index, path] of indexes) store.createIndex(index, path, { unique: index === 'op_id' })
          }
        })
        opening.addEventListener('error', () => failed(opening.error))
        opening.addEventListener('success', () => {
          const writing = opening.result.transaction(Object.keys(all), 'readwrite')
          for (const [table, list] of Object.entries(all))
            for (const row of list) writing.objectStore(table).add(row)
          writing.addEventListener('complete', () => (opening.result.close(), done()))
          writing.addEventListener('abort', () => failed(writing.error))
        })
      }),
    { tables: FIRST_TABLES, all: rows },
  )

/** Opens the database with a later schema, as a tab of that version would. Returns its drafts. */
export const takeForLaterVersion = (page: Page): Promise<{ answers: Record<string, unknown> }[]> =>
  page.evaluate(
    () =>
      new Promise<{ answers: Record<string, unknown> }[]>((done, failed) => {
        const opening = indexedDB.open('convoca', 90)
        opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('later'))
        opening.addEventListener('error', () => failed(opening.error))
        opening.addEventListener('success', () => {
          const reading = opening.result.transaction('drafts').objectStore('drafts').getAll()
          reading.addEventListener('success', () => {
            opening.result.close()
            done(reading.result as { answers: Record<string, unknown> }[])
          })
        })
      }),
  )
