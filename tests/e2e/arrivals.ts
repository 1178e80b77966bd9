/** Waits until a phone's submission is in the database. */
import { expect, type Page } from '@playwright/test'
import type pg from 'pg'
import { type Kept, onlyRowWith, rowsWith } from './rows'
import { PATIENCE } from './patience'
import { chips } from './words'

/** Waits until the text is on the server, and checks that it is there once. */
export async function untilRow(database: pg.Pool, body: string): Promise<Kept> {
  await expect.poll(async () => (await rowsWith(database, body)).length, PATIENCE).toBeGreaterThan(0)
  return onlyRowWith(database, body)
}

/** Waits until the server has the text once and the open «Mis envíos» shows its folio. */
export async function untilReceived(page: Page, database: pg.Pool, body: string): Promise<Kept> {
  const row = await untilRow(database, body)
  await page.getByText(chips('received_folio', { folio: row.folio })).waitFor()
  return row
}
