/** Changes to a phone's storage without the app's knowledge. */
import { setTimeout as wait } from 'node:timers/promises'
import { expect, type BrowserContext, type Page } from '@playwright/test'
import { diskOf } from '../support/disk'
import { rowsOnPhone } from '../support/phoneRows'
import { PATIENCE } from './patience'

/**
 * Chromium closes a database two seconds after its last connection, and only then forgets how full the disk
 * was. No event reports this to a page or a driver, so the time has to pass.
 */
const FORGETS_MS = 4_000

/** Deletes the databases of the origin, as the browser does when it needs space. */
export async function evict(context: BrowserContext, page: Page, origin: string): Promise<void> {
  await page.goto('about:blank')
  const devtools = await context.newCDPSession(page)
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
  await devtools.detach()
}

/**
 * Leaves the origin this many bytes more than it uses; null removes the limit. The browser caches the free
 * space for a while, so the page is left and opened again.
 */
export async function leaveSpace(page: Page, origin: string, bytes: number | null): Promise<void> {
  const address = await page.evaluate(() => location.href) // the driver's own `url()` is updated late
  await page.goto('about:blank')
  const disk = await diskOf(page, origin)
  await disk.limit(bytes === null ? null : (await disk.used()) + bytes)
  await wait(FORGETS_MS)
  await page.goto(address)
}

/** Writes rows directly into a table of the app's database. */
export const putRows = (page: Page, table: string, rows: unknown[]): Promise<void> =>
  page.evaluate(
    async ([name, put]) => {
      const database = await new Promise<IDBDatabase>((done, failed) => {
        const opening = indexedDB.open('convoca')
        opening.addEventListener('success', () => done(opening.result))
        opening.addEventListener('error', () => failed(opening.error))
      })
      const transaction = database.transaction(name, 'readwrite')
      for (const row of put) transaction.objectStore(name).put(row)
      await new Promise((done) => transaction.addEventListener('complete', done))
      database.close()
    },
    [table, rows] as const,
  )

/** Every row of a table of the app's database. */
export const readRows = async <T>(page: Page, table: string): Promise<T[]> =>
  (await rowsOnPhone(page, table))[table] as T[]

/** The tables of the app's database that contain this text. */
export async function tablesWith(page: Page, words: string): Promise<string[]> {
  const tables = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((done, failed) => {
      const opening = indexedDB.open('convoca')
      opening.addEventListener('success', () => done(opening.result))
      opening.addEventListener('error', () => failed(opening.error))
    })
    const names = [...database.objectStoreNames]
    database.close()
    return names
  })
  const holding: string[] = []
  for (const table of tables) {
    if (JSON.stringify(await readRows(page, table)).includes(words)) holding.push(table)
  }
  return holding
}

/** Waits until one row of this table contains all of these texts, so that the typed text is on disk. */
export const untilKept = (page: Page, table: string, ...words: string[]): Promise<void> =>
  expect.poll(() => holdsRow(page, table, words), PATIENCE).toBe(true)

async function holdsRow(page: Page, table: string, words: string[]): Promise<boolean> {
  const rows = (await readRows(page, table)).map((row) => JSON.stringify(row))
  return rows.some((row) => words.every((word) => row.includes(JSON.stringify(word).slice(1, -1))))
}
