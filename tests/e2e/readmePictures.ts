/** The pictures of the README, `docs/<name>.png`, of what fits the screen. `npm run screens` writes them again. */
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { DEMO_LOGINS } from '../../supabase/local/keys'
import { liveOnce } from '../../supabase/local/demo/live'
import { openPhone } from '../support/browser'
import { startProxy } from '../support/proxy'
import { startBackend } from './backend'
import { signIn } from './staffSteps'
import { button, untilReadyOffline } from './steps'
import { campaigns, frame, videos } from './words'

const DOCS = join(import.meta.dirname, '../../docs')
const DESK = { width: 1366, height: 768 }

/** The screens of the tours that the README shows, and the name of each picture. */
const OF_TOURS: Readonly<Record<string, string>> = {
  'guardado-sin-conexion': 'guardado',
  'envio-publicada': 'folio',
  'video-en-pausa': 'video',
  pase: 'pase',
  'puerta-marcada': 'puerta',
}

async function take(name: string, page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.evaluate(() => scrollTo(0, 0))
  await page.screenshot({ path: join(DOCS, `${name}.png`), animations: 'disabled' })
  console.info(`docs/${name}.png`)
}

/** Takes the picture of this screen of a tour, if the README shows it. */
export async function takeOfTour(screen: string, page: Page): Promise<void> {
  const name = OF_TOURS[screen]
  if (name) await take(name, page)
}

/** Takes the pictures of the demonstration as `npm start` shows it, on a backend of their own. */
export async function takeOfDemonstration(): Promise<void> {
  const backend = await startBackend()
  const network = await startProxy(backend.origin)
  try {
    await liveOnce(backend.origin, backend.databaseUrl, (line) => console.info(line))
    const phone = await openPhone(network)
    await phone.open()
    await untilReadyOffline(phone.page)
    await button(phone.page, frame('ready.dismiss')).click()
    await take('inicio', phone.page)
    await phone.open('/c/videos-por-el-gobierno-abierto/galeria')
    await phone.page.getByRole('heading', { name: videos('gallery.title') }).waitFor()
    await phone.page.locator('img.frame').first().waitFor()
    await take('galeria', phone.page)
    const desk = await openPhone(network, undefined, DESK)
    await signIn(desk.page, network.origin, { ...DEMO_LOGINS['campañas y jornadas'], name: '' })
    await desk.page.getByRole('link', { name: /^PR-/u }).first().click()
    await desk.page.getByRole('heading', { level: 1, name: /^PR-/u }).waitFor()
    await take('bandeja', desk.page)
    const { rows } = await backend.database.query<{ id: string }>(
      `select id from app.convocatorias where kind = 'propuestas' and published order by opens_at desc limit 1`,
    )
    await desk.open(`/equipo/campanas/${rows[0]!.id}?seccion=estrategia`)
    await desk.page.locator('#section-estrategia').waitFor()
    await desk.page.getByRole('navigation', { name: campaigns('studio.sections') }).waitFor()
    await desk.page.frameLocator('iframe').getByRole('heading', { level: 1 }).waitFor()
    await take('estudio', desk.page)
  } finally {
    await network.close()
    await backend.stop()
  }
}
