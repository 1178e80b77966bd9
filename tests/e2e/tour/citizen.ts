/** The screens before sending: the landing page, the reading pages and the form. */
import type { Page } from '@playwright/test'
import {
  beginDraft,
  button,
  chooseAbout,
  heading,
  openCampaign,
  untilQuiet,
  untilReadyOffline,
} from '../steps'
import { frame, propuestas } from '../words'
import { LONG_BODY, type Tour } from './tour'

const title = (page: Page) => page.getByRole('heading', { level: 1 }).waitFor()

/** The landing page while loading, without its document, with an error, loaded, and without network. */
export async function tourLanding(tour: Tour): Promise<void> {
  const first = await tour.phone()
  const release = tour.network.hold('bootstrap')
  await first.open()
  await first.page.locator('[aria-busy=true], .skeleton').first().waitFor()
  await tour.show('inicio-esperando', first.page)
  release()
  await first.close()

  const offline = await tour.phone()
  tour.network.loseAnswer('bootstrap', 100)
  await offline.open()
  await offline.page.getByText(frame('home.offline.title')).waitFor()
  await tour.show('inicio-primera-vez-sin-senal', offline.page)
  tour.network.status(503) // before the losses end, so that no answer gets through between them
  await button(offline.page, frame('home.retry')).click()
  await offline.page.getByText(frame('home.fault.title')).waitFor()
  await tour.show('inicio-falla', offline.page)
  tour.network.mend()
  await offline.close()

  const phone = await tour.phone()
  await phone.open()
  await untilReadyOffline(phone.page)
  await tour.show('inicio-listo-sin-conexion', phone.page)
  await button(phone.page, frame('ready.dismiss')).click()
  await tour.show('inicio', phone.page)
  await phone.offline(true)
  await phone.open()
  await phone.page.getByRole('link', { name: tour.campaign.heading }).first().waitFor()
  await tour.show('inicio-sin-conexion', phone.page)
  await phone.offline(false)
  await phone.close()
}

/** The campaign's page in each phase, insumos, notice, published propuestas, and the app's own pages. */
export async function tourReading(tour: Tour): Promise<void> {
  const { page, open, close } = await tour.phone()
  await open()
  await untilQuiet(page)
  await openCampaign(page, tour.campaign)
  await page.getByRole('heading', { name: propuestas('convocatoria.insumos') }).waitFor()
  await tour.show('convocatoria-abierta', page)
  await page.locator('details summary').first().click()
  await tour.show('convocatoria-tema-abierto', page)
  const { rows: others } = await tour.database.query<{ slug: string }>(
    'select slug from app.convocatorias where published and id <> $1 order by opens_at desc',
    [tour.campaign.id],
  )
  for (const { slug } of others) {
    await open(`/c/${slug}`)
    await page.getByRole('link', { name: propuestas('convocatoria.notice') }).waitFor()
    await tour.show(`convocatoria-${slug}`, page)
  }
  const { rows: insumos } = await tour.database.query<{ id: string }>(
    'select id from app.insumos where convocatoria_id = $1 order by position limit 1',
    [tour.campaign.id],
  )
  const places: [name: string, path: string][] = [
    ['insumo', `/c/${tour.campaign.slug}/insumo/${insumos[0]?.id ?? ''}`],
    ['insumo-que-no-existe', `/c/${tour.campaign.slug}/insumo/nada`],
    ['convocatoria-que-no-existe', '/c/no-existe'],
    ['aviso', `/aviso/${tour.campaign.notice_id}`],
    ['publicadas', `/c/${tour.campaign.slug}/publicadas`],
    ['avisos', '/avisos'],
    ['mas', '/mas'],
    ['ajustes', '/ajustes'],
    ['accesibilidad', '/accesibilidad'],
    ['no-existe', '/no/existe'],
  ]
  for (const [name, path] of places) {
    await open(path)
    await title(page)
    await page.waitForLoadState('networkidle')
    await tour.show(name, page)
  }
  const historic = others.at(-1)?.slug ?? ''
  await open(`/c/${historic}/publicadas`)
  await title(page)
  await page.waitForLoadState('networkidle')
  await tour.show('publicadas-vacio', page)
  await close()
}

/** The form: each question empty, wrong and answered; the review, and the review with a missing answer. */
export async function tourForm(tour: Tour): Promise<void> {
  const { page, open, close } = await tour.phone()
  const goOn = () => button(page, propuestas('form.continue')).click()
  await open()
  await untilQuiet(page)
  await open(`/c/${tour.campaign.slug}`)
  await button(page, propuestas('convocatoria.write')).click()
  await heading(page, propuestas('step.aviso.title')).waitFor()
  await tour.show('propuesta-aviso', page)
  await button(page, propuestas('step.aviso.continue')).click()
  await heading(page, propuestas('step.sobre.title')).waitFor()
  await tour.show('propuesta-sobre', page)
  await goOn()
  await page.getByRole('alert').first().waitFor()
  await tour.show('propuesta-sobre-error', page)
  await chooseAbout(page, { about: tour.campaign.action.title })
  await heading(page, propuestas('step.texto.title')).waitFor()
  await tour.show('propuesta-texto', page)
  await page.getByRole('radio', { name: propuestas('helps.partly'), exact: true }).check()
  await page.getByLabel(propuestas('step.texto.label')).fill('corto')
  await goOn()
  await page.getByRole('alert').first().waitFor()
  await tour.show('propuesta-texto-error', page)
  await page.getByLabel(propuestas('step.texto.label')).fill(LONG_BODY)
  await page.getByText(propuestas('form.saved')).waitFor()
  await tour.show('propuesta-texto-lleno', page)
  await goOn()
  await heading(page, propuestas('step.sobre-ti.title')).waitFor()
  await page.getByRole('radio', { name: propuestas('step.nombre.named') }).check()
  await tour.show('propuesta-sobre-ti', page)
  await page.getByRole('radio', { name: propuestas('step.nombre.anonymous') }).check()
  await page.getByLabel(propuestas('step.sobre-ti.municipality')).fill('Macondo')
  await goOn()
  await page.getByRole('alert').first().waitFor()
  await tour.show('propuesta-sobre-ti-error', page)
  await page.getByLabel(propuestas('step.sobre-ti.municipality')).fill('Toluca')
  await goOn()
  await heading(page, propuestas('step.permisos.title')).waitFor()
  await tour.show('propuesta-permisos', page)
  await goOn()
  await page.getByRole('alert').first().waitFor()
  await tour.show('propuesta-permisos-error', page)
  await page.getByRole('checkbox').first().check()
  await goOn()
  await heading(page, propuestas('step.revisa.title')).waitFor()
  await tour.show('propuesta-revisa', page)
  await open(`/c/${tour.campaign.slug}`)
  await beginDraft(page)
  await page.goto((await page.evaluate(() => location.href)).replace(/sobre$/u, 'revisa'))
  await page.locator('#missing').waitFor()
  await tour.show('propuesta-revisa-falta', page)
  await open(`/c/${tour.campaign.slug}`)
  await page
    .getByRole('link', { name: propuestas('drafts.continue') })
    .first()
    .waitFor()
  await tour.show('convocatoria-con-borradores', page)
  await button(page, propuestas('drafts.discard')).first().click()
  await page.getByRole('dialog').waitFor()
  await tour.show('convocatoria-descartar-borrador', page)
  await close()
}
