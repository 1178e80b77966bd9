/** Reads the app's database on a phone. */
import type { Page } from '@playwright/test'

type Rows = Record<string, Record<string, unknown>[]>

/** All rows of these tables. */
export const rowsOnPhone = (page: Page, ...tables: string[]): Promise<Rows> =>
  page.evaluate(async (names) => {
    const opening = indexedDB.open('convoca')
    const database = await new Promise<IDBDatabase>((done, failed) => {
      opening.addEventListener('success', () => done(opening.result))
      opening.addEventListener('error', () => failed(opening.error))
    })
    const all = (name: string) =>
      new Promise<Record<string, unknown>[]>((done) => {
        const reading = database.transaction(name).objectStore(name).getAll()
        reading.addEventListener('success', () => done(reading.result as Record<string, unknown>[]))
      })
    const rows: Rows = {}
    for (const name of names) rows[name] = await all(name)
    database.close()
    return rows
  }, tables)
