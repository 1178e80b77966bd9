/** Files of a consultation: from the studio to a phone without signal. */
import { expect, type Page } from '@playwright/test'
import { newProfile } from '../support/browser'
import { makePdf } from '../support/insumoFiles'
import { runFileJobs } from './fileJobs'
import { makeDraft } from './ownCampaign'
import { test } from './stage'
import { makeMember, signIn } from './staffSteps'
import { button, heading, link, untilReadyOffline } from './steps'
import { campaigns, insumos, pages, propuestasStudio } from './words'

const PDF = { name: 'diagnostico_2026.pdf', mimeType: 'text/plain', buffer: makePdf('Diagnóstico') }

/** A picture as a browser writes it. */
async function drawPicture(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 800, height: 500 })
    const context = canvas.getContext('2d')!
    context.fillStyle = '#5b3a8e'
    context.fillRect(100, 100, 500, 300)
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
    return [...new Uint8Array(await blob!.arrayBuffer())]
  })
  return Buffer.from(bytes)
}

type Chosen = { name: string; mimeType: string; buffer: Buffer }
const addFile = (page: Page, file: Chosen) =>
  page.getByLabel(propuestasStudio('insumos.add_file')).first().setInputFiles(file)

/** Fills the fields of the file that was just added. */
async function describe(page: Page, title: string, text: string, body: string): Promise<void> {
  const open = page.locator('.studio-row.is-open')
  await expect(open.getByLabel(propuestasStudio('insumo.heading'))).toHaveValue(title)
  await open.getByLabel(propuestasStudio('insumo.summary'), { exact: true }).fill('De qué trata.')
  await open.getByLabel(text, { exact: true }).fill(body)
  await open.getByLabel(propuestasStudio('insumo.source')).fill('Instituto de ejemplo')
  await open.getByLabel(propuestasStudio('insumo.licence'), { exact: true }).selectOption('cc-by-4.0')
}

test(
  'staff add a PDF and a picture and publish; a phone keeps both and opens them without signal',
  { tag: '@long' },
  async ({ stage }) => {
    const draft = await makeDraft(stage.database, { insumos: { items: [] } })
    const member = await makeMember(stage.database, 'Carla Coordina', 'coordinator')
    const { page, errors } = await stage.phone(undefined, { width: 1366, height: 768 })
    await signIn(page, stage.network.origin, member)
    await page.goto(`${stage.network.origin}/equipo/campanas/${draft.id}?seccion=insumos`)

    const hostile = makePdf('<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>')
    await addFile(page, { name: 'trampa.pdf', mimeType: 'application/pdf', buffer: hostile })
    await page.getByText('Este PDF trae programas').waitFor()

    await addFile(page, PDF)
    await describe(page, 'Diagnostico 2026', propuestasStudio('body.pdf'), 'El diagnóstico dice tres cosas.')
    await runFileJobs(stage.network.origin)
    await page.getByText(propuestasStudio('file.ready')).waitFor()
    await addFile(page, { name: 'mapa.png', mimeType: 'image/png', buffer: await drawPicture(page) })
    await describe(page, 'Mapa', propuestasStudio('body.image'), 'Un rectángulo morado.')
    await runFileJobs(stage.network.origin)
    await page.locator('.studio-row.is-open').getByText(propuestasStudio('file.ready')).waitFor()
    await page.locator('.studio-saved-saved').waitFor()

    await button(page, campaigns('studio.to_publish')).click()
    await button(page, campaigns('publish.now')).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: campaigns('publish.now'), exact: true })
      .click()
    await page.getByText(campaigns('publish.done_now')).waitFor()
    await runFileJobs(stage.network.origin)

    const visit = await stage.phone(newProfile())
    await visit.open(`/c/${draft.slug}`)
    await heading(visit.page, draft.title).waitFor()
    await untilReadyOffline(visit.page)
    await visit.page.getByRole('button', { name: /Guardar todo sin conexión · \d+ KB/u }).click()
    await visit.page.getByText(insumos('keep.all_kept', { count: 2 })).waitFor()
    await visit.close()

    const after = await stage.phone(visit.profile, { offline: true })
    await after.open(`/c/${draft.slug}`)
    await after.page.getByRole('link', { name: /Diagnostico 2026/u }).click()
    await after.page.getByText('El diagnóstico dice tres cosas.').waitFor()
    const download = after.page.waitForEvent('download')
    await link(after.page, insumos('file.open_kept')).click()
    expect((await download).suggestedFilename()).toBe('Diagnostico 2026.pdf')
    await after.open(`/c/${draft.slug}`)
    await after.page.getByRole('link', { name: /Mapa/u }).click()
    const picture = after.page.getByRole('img', { name: 'Un rectángulo morado.' })
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(800)

    await after.open('/ajustes')
    await after.page.getByText(/2 archivos, \d+ KB/u).waitFor()
    await button(after.page, insumos('settings.free_all')).click()
    await after.page.getByText(insumos('settings.none')).waitFor()
    await heading(after.page, pages('settings.title')).waitFor()
    expect([...errors, ...visit.errors, ...after.errors]).toEqual([])
  },
)
