import type pg from 'pg'
import { expect } from '@playwright/test'
import { readOpenCampaign, submitByApi } from './api'
import { onlyRowWith, uniqueBody } from './rows'
import { PATIENCE } from './patience'
import { test } from './stage'
import { openCampaign, untilFolio, writeAndSend } from './steps'

test('a citizen online writes about an action, sends it and sees the folio of the database', async ({
  stage,
}) => {
  const campaign = await readOpenCampaign(stage.database)
  const body = uniqueBody()
  const { page, open, errors } = await stage.phone()
  await open()
  await openCampaign(page, campaign)
  await writeAndSend(page, {
    body,
    about: campaign.action.title,
    helps: 'partly',
    name: 'Vecinas de la colonia Centro',
    sector: 'Sociedad civil',
    municipality: 'Toluca',
    email: 'vecinas@ejemplo.mx',
    publish: true,
  })
  const folio = await untilFolio(page)
  const row = await onlyRowWith(stage.database, body)
  expect(row).toMatchObject({
    folio,
    state: 'received',
    part_id: campaign.action.id,
    helps: 'partly',
    sector: 'sociedad_civil',
    municipality: '15106',
  })
  const contact = await stage.database.query(
    'select display_name, email from app.contacts where submission_id = $1',
    [row.id],
  )
  expect(contact.rows).toEqual([
    { display_name: 'Vecinas de la colonia Centro', email: 'vecinas@ejemplo.mx' },
  ])
  const consents = await stage.database.query(
    `select key, granted, notice_hash, locale from app.consents where submission_id = $1 order by key`,
    [row.id],
  )
  const record = { notice_hash: campaign.notice_hash, locale: 'es-MX' }
  expect(consents.rows).toEqual([
    { key: 'political_opinions', granted: true, ...record },
    { key: 'publish', granted: true, ...record },
    { key: 'voice', granted: false, ...record },
  ])
  expect(errors).toEqual([])
})

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
