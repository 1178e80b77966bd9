import type pg from 'pg'
import { expect } from '@playwright/test'
import { readOpenCampaign, submitByApi } from './api'
import { uniqueBody } from './rows'
import { PATIENCE } from './patience'
import { test } from './stage'

/** The tables that contain this text. */
async function tablesHolding(database: pg.Pool, text: string): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema = 'app' and table_type = 'BASE TABLE' order by 1`,
  )
  const holding: string[] = []
  for (const { name } of rows) {
    const found = await database.query(`select from ${name} t where t::text ilike $1`, [`%${text}%`])
    if (found.rowCount) holding.push(name)
  }
  return holding
}

test('once the letter is sent, only the contacts hold the author’s address, and beside them only the staff’s search the name', async ({
  stage,
}) => {
  const campaign = await readOpenCampaign(stage.database)
  await submitByApi(stage.network.origin, campaign, uniqueBody(), {
    display_name: 'Zenaida Inconfundible',
    email: 'zenaida.inconfundible@ejemplo.mx',
  })
  const address = () => tablesHolding(stage.database, 'inconfundible@')
  await expect.poll(address, PATIENCE).toEqual(['app.contacts'])
  const name = await tablesHolding(stage.database, 'inconfundible')
  expect(name).toEqual(['app.contacts', 'app.submission_search'])
})
