/** A campaign that leaves one project as a file and enters another. */
import { createHash, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { expect, type Page } from '@playwright/test'
import * as cs from '../support/campaignSections'
import { makePdf } from '../support/insumoFiles'
import { type Running, startBackend } from './backend'
import { runFileJobs } from './fileJobs'
import { test as staged } from './stage'
import { makeMember, signIn } from './staffSteps'
import { button, heading, link } from './steps'
import { campaigns, people, portable, propuestasStudio } from './words'

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

async function makeDraft(database: pg.Pool, kind: 'jornadas' | 'propuestas'): Promise<string> {
  const id = randomUUID()
  await database.query(`insert into app.convocatorias (id, kind) values ($1, $2)`, [id, kind])
  await database.query(
    `insert into app.campaign_sections (convocatoria_id, section, data, saved_by)
     select $1, key, value, $1 from jsonb_each($2)`,
    [id, JSON.stringify(cs.wholeCampaign(kind))],
  )
  return id
}

/** The path of the file of the campaign that is open in the studio. */
async function exportFile(page: Page): Promise<string> {
  await button(page, campaigns('studio.to_publish')).click()
  const downloading = page.waitForEvent('download')
  await button(page, portable('export.make')).click()
  const path = await (await downloading).path()
  await page.getByText(portable('export.done'), { exact: true }).waitFor()
  return path
}

/** Chooses the file, and trusts its signer when this project does not know it. */
async function chooseFile(page: Page, file: string): Promise<void> {
  await link(page, people('nav.campaigns')).first().click()
  await link(page, campaigns('list.import')).click()
  await heading(page, portable('import.title')).waitFor()
  await page.locator('#campaign-file').setInputFiles(file)
  await page.getByText(portable('signer.unknown', { name: 'Instituto de ejemplo' })).waitFor()
}

test(
  'campaigns leave one project as signed files and enter another whole, after signer and class are confirmed',
  { tag: '@long' },
  async ({ stage, other }) => {
    const id = await makeDraft(stage.database, 'jornadas')
    const consultation = await makeDraft(stage.database, 'propuestas')
    await other.database.query(`update app.body_classes set key = 'cabildo' where key = 'ayuntamiento'`)
    const { page, errors } = await stage.phone(undefined, { width: 1366, height: 768 })
    await signIn(page, stage.network.origin, await makeMember(stage.database, 'Carla', 'coordinator'))
    await page.goto(`${stage.network.origin}/equipo/campanas/${id}?seccion=grupos`)
    await previewOf(page).getByText('Primera jornada').waitFor()
    const shown = await previewOf(page).innerText()
    const file = await exportFile(page)

    await page.goto(`${stage.network.origin}/equipo/campanas/${consultation}?seccion=insumos`)
    const pdf = { name: 'diagnostico.pdf', mimeType: 'application/pdf', buffer: makePdf('(El diagnóstico)') }
    await page.getByLabel(propuestasStudio('insumos.add_file')).first().setInputFiles(pdf)
    await page.locator('.studio-row.is-open').getByText(propuestasStudio('file.checking')).waitFor()
    await runFileJobs(stage.network.origin)
    await page.locator('.studio-row.is-open').getByText(propuestasStudio('file.ready')).waitFor()
    await page.locator('.studio-saved-saved').waitFor()
    const withPdf = await exportFile(page)

    await signIn(page, other.origin, await makeMember(other.database, 'Diego', 'coordinator'))
    await chooseFile(page, file)
    await button(page, portable('import.create')).click()
    await expect(page.locator('#trust-signer')).toBeFocused()
    await page.locator('#trust-signer').check()
    await page.locator('#class-ayuntamiento').selectOption('cabildo')
    await button(page, portable('import.create')).click()
    await previewOf(page).getByText('Primera jornada').waitFor()
    expect(await previewOf(page).innerText()).toBe(shown)
    const sections = JSON.stringify(await sectionsIn(other.database)).replace('"cabildo"', '"ayuntamiento"')
    expect(JSON.parse(sections)).toEqual(await sectionsIn(stage.database, id))

    await chooseFile(page, withPdf)
    await page.getByText(/^1 archivo, 1\sKB$/u).waitFor()
    await page.locator('#trust-signer').check()
    await button(page, portable('import.create')).click()
    await page.getByText(portable('sending.done')).waitFor()
    await runFileJobs(other.origin)
    await link(page, portable('import.open')).click()
    await page
      .getByRole('button', { name: new RegExp(propuestasStudio('insumos.title'), 'u') })
      .first()
      .click()
    await page
      .locator('.studio-row', { hasText: 'Diagnostico' })
      .getByText(/^PDF · 1 KB/u)
      .waitFor()
    await page.getByText('Diagnostico', { exact: true }).click()
    await page.locator('.studio-row.is-open').getByText(propuestasStudio('file.ready')).waitFor()
    const { rows } = await other.database.query('select status, sha256 from app.insumo_files')
    const sha256 = createHash('sha256').update(pdf.buffer).digest('hex')
    expect(rows).toEqual([{ status: 'verified', sha256 }])
    expect(errors).toEqual([])
  },
)
