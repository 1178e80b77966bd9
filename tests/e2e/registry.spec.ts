import { expect, type Page } from '@playwright/test'
import { findViolations } from './axe'
import { test } from './stage'
import { makeMember, signIn } from './staffSteps'
import { button, heading, link } from './steps'
import { people, registry } from './words'

/** 300 bodies as a Windows-1252 file with semicolons and columns of other names. */
const rows = Array.from({ length: 300 }, (_, at) => `Sindicato de Técnicos Número ${at};Sindicatos;Toluca`)
const FILE = {
  name: 'padrón.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['Organización sindical;Tipo;Municipio', ...rows, ''].join('\r\n'), 'latin1'),
}

/** From the registry to the preview of the file, its name column chosen by hand. */
async function previewFile(page: Page): Promise<void> {
  await link(page, registry('list.import')).click()
  await heading(page, registry('import.title')).waitFor()
  await page.getByLabel(registry('file.choose')).first().setInputFiles(FILE)
  await page.getByText('Detectada: Windows-1252.').waitFor()
  await page.getByText(registry('columns.semicolon')).waitFor()
  await page
    .getByLabel(registry('table.name'), { exact: true })
    .selectOption({ label: 'Organización sindical' })
  await button(page, registry('columns.next')).click()
  await page.getByRole('button', { name: `${registry('group.new')} 300` }).waitFor()
}

test(
  '300 bodies are imported from a Windows-1252 file with semicolons, and the import is undone',
  { tag: '@long' },
  async ({ stage }) => {
    const member = await makeMember(stage.database, 'Carla Coordina', 'coordinator')
    const { page, errors } = await stage.phone(undefined, { width: 1366, height: 768 })
    await signIn(page, stage.network.origin, member)
    await link(page, people('nav.registry')).click()
    await page.getByLabel(registry('list.search')).waitFor()
    expect(await findViolations(page, 'registry')).toEqual([])
    await previewFile(page)
    expect(await findViolations(page, 'preview of an import')).toEqual([])
    await button(page, registry('preview.write', { count: 300 })).click()
    await page.getByRole('heading', { level: 2, name: registry('step.done') }).waitFor()
    const count = () =>
      stage.database
        .query<{ count: number }>(
          `select count(*)::int from app.sujetos_obligados
         where name like 'Sindicato de Técnicos Número %' and municipality = '15106'`,
        )
        .then(({ rows: [row] }) => row!.count)
    expect(await count()).toBe(300)
    await button(page, registry('import.undo')).click()
    await page.getByText(registry('import.undone_title')).waitFor()
    expect(await count()).toBe(0)
    expect(errors).toEqual([])
  },
)
