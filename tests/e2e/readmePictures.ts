/** The pictures of the README, `docs/<name>.png`, of what fits the screen. `npm run screens` writes them again. */
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { ensureChromium } from '../../scripts/chromium'
import { DEMO_LOGINS } from '../../supabase/local/keys'
import { liveOnce } from '../../supabase/local/demo/live'
import { openPhone } from '../support/browser'
import { type NetworkProxy, startProxy } from '../support/proxy'
import { type Running, startBackend } from './backend'
import { signIn } from './staffSteps'
import { untilQuiet } from './steps'
import { videos } from './words'
import { TEST_KEYS } from '../support/keys'

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

/** The landing and the gallery on a phone. Opens the landing twice, because the first time is before its colours are known. */
async function takeOnPhone(network: NetworkProxy): Promise<void> {
  const { page, open } = await openPhone(network)
  await open()
  await untilQuiet(page)
  await open()
  await page.getByRole('heading', { level: 2 }).first().waitFor()
  await take('inicio', page)
  await open('/c/videos-por-el-gobierno-abierto/galeria')
  await page.getByRole('heading', { name: videos('gallery.title') }).waitFor()
  await page.locator('img.frame').first().waitFor()
  await take('galeria', page)
}

/** The queue and the studio on a desk, which has a pointer and smaller letters than a phone. */
async function takeOnDesk({ origin, database }: Running): Promise<void> {
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  try {
    const page = await browser.newPage({ viewport: DESK, locale: 'es-MX', timezoneId: 'America/Mexico_City' })
    await signIn(page, origin, { ...DEMO_LOGINS['campañas y jornadas'], name: '' })
    await page.reload()
    await page.getByRole('link', { name: /^PR-/u }).first().click()
    await page.getByRole('heading', { level: 1, name: /^PR-/u }).waitFor()
    await take('bandeja', page)
    const { rows } = await database.query<{ id: string }>(
      `select id from app.convocatorias where kind = 'propuestas' and published order by opens_at desc limit 1`,
    )
    await page.goto(`${origin}/equipo/campanas/${rows[0]!.id}?seccion=estrategia`)
    await page.locator('#section-estrategia').waitFor()
    await page.frameLocator('iframe').getByRole('heading', { level: 1 }).waitFor()
    await take('estudio', page)
  } finally {
    await browser.close()
  }
}

/** Takes the pictures of the demonstration as `npm start` shows it, on a backend of their own. */
export async function takeOfDemonstration(): Promise<void> {
  const backend = await startBackend()
  const network = await startProxy(backend.origin)
  try {
    await liveOnce({ ...backend, address: backend.origin, ...TEST_KEYS }, (line) => console.info(line))
    await takeOnPhone(network)
    await takeOnDesk(backend)
  } finally {
    await network.close()
    await backend.stop()
  }
}
