/** A campaign that leaves one project as a file and enters another. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { expect, type Page } from '@playwright/test'
import * as cs from '../support/campaignSections'
import { type Running, startBackend } from './backend'
import { test as staged } from './stage'
import { makeMember, signIn } from './staffSteps'
import { button, heading, link } from './steps'
import { campaigns, people, portable } from './words'

/** A project that nobody has used, beside that of the stage. */
const test = staged.extend<{ other: Running }>({
  other: async ({}, use) => {
    const backend = await startBackend({ empty: true })
    await use(backend)
    await backend.stop()
  },
})

/** The sections of a campaign, or of the only one, without ids. */
async function sectionsIn(database: pg.Pool, id: string | null = null): Promise<object> {
  const { rows } = await database.query<{ sections: object }>(
    'select app.portable_sections(c) as sections from app.convocatorias c where c.id = coalesce($1, c.id)',
    [id],
  )
  expect(rows).toHaveLength(1)
  return JSON.parse(JSON.stringify(rows[0]!.sections, (key, value) => (/^id$|_id$/u.test(key) ? '' : value)))
}
const previewOf = (page: Page) => page.frameLocator('iframe').locator('main')

test('a campaign leaves one project as a signed file and enters another whole, after its signer and a class are confirmed', async ({
  stage,
  other,
}) => {
  const id = randomUUID()
  await stage.database.query(`insert into app.convocatorias (id, kind) values ($1, 'jornadas')`, [id])
  await stage.database.query(
    `insert into app.campaign_sections (convocatoria_id, section, data, saved_by)
     select $1, key, value, $1 from jsonb_each($2)`,
    [id, JSON.stringify(cs.wholeCampaign('jornadas'))],
  )
  await other.database.query(`update app.body_classes set key = 'cabildo' where key = 'ayuntamiento'`)
  const { page, errors } = await stage.phone(undefined, { width: 1366, height: 768 })
  await signIn(page, stage.network.origin, await makeMember(stage.database, 'Carla', 'coordinator'))
  await page.goto(`${stage.network.origin}/equipo/campanas/${id}?seccion=grupos`)
  await previewOf(page).getByText('Primera jornada').waitFor()
  const shown = await previewOf(page).innerText()
  await button(page, campaigns('studio.to_publish')).click()
  const downloading = page.waitForEvent('download')
  await button(page, portable('export.make')).click()
  const file = await (await downloading).path()

  await signIn(page, other.origin, await makeMember(other.database, 'Diego', 'coordinator'))
  await link(page, people('nav.campaigns')).click()
  await link(page, campaigns('list.import')).click()
  await heading(page, portable('import.title')).waitFor()
  await page.locator('#campaign-file').setInputFiles(file)
  await page.getByText(portable('signer.unknown', { name: 'Instituto de ejemplo' })).waitFor()
  await button(page, portable('import.create')).click()
  await expect(page.locator('#trust-signer')).toBeFocused()
  await page.locator('#trust-signer').check()
  await page.locator('#class-ayuntamiento').selectOption('cabildo')
  await button(page, portable('import.create')).click()
  await previewOf(page).getByText('Primera jornada').waitFor()
  expect(await previewOf(page).innerText()).toBe(shown)
  const sections = JSON.stringify(await sectionsIn(other.database)).replace('"cabildo"', '"ayuntamiento"')
  expect(JSON.parse(sections)).toEqual(await sectionsIn(stage.database, id))
  expect(errors).toEqual([])
})
