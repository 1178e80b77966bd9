/**
 * From an empty project to three campaigns of the minutes of 28 October 2021 in which people take part: code, set-up,
 * registry, studio, and a citizen's phone. Nothing is written but through the app's own screens.
 */
import { expect, type Page } from '@playwright/test'
import { FIRST_ADMIN } from '../../supabase/local/keys'
import { borrowPhone } from '../support/browser'
import { clip } from './clips'
import { FIVE, inviteFirst, PASSWORD, test } from './emptyProject'
import { scratchOfRun } from './globalSetup'
import { HELD, openSeats, register, somebody, untilSeat } from './jornadaSteps'
import { Keystrokes } from './keystrokes'
import {
  answerAll,
  beginDraft,
  button,
  heading,
  link,
  openCampaign,
  send,
  untilFolio,
  untilQuiet,
  untilSavedHere,
} from './steps'
import { type Desk, writeConsultation, writeJornadas, writeVideos } from './studioSteps'
import { sendVideo } from './videoSteps'
import { institution, people, registry, videos } from './words'

/** What the three campaigns may cost a person. */
const MOST_SECONDS = 600

/** 300 bodies of both groups, as a spreadsheet of the institute saves them. */
const BODIES = ['Sindicatos', 'Ayuntamientos', 'OPDAPAS'].flatMap((kind) =>
  Array.from({ length: 100 }, (_, at) => `${kind} de Técnica y Acción ${at};${kind};Toluca`),
)
const FILE = {
  name: 'padrón.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['Nombre;Tipo;Municipio', ...BODIES, ''].join('\r\n'), 'latin1'),
}

async function setUp({ page, keys }: Desk, address: string): Promise<void> {
  await page.goto(address)
  await page.getByText(people('accept.hello', { name: FIRST_ADMIN.name })).waitFor()
  await keys.type(page.getByLabel(people('accept.password'), { exact: true }), PASSWORD)
  await keys.tap(button(page, people('accept.submit')))
  await heading(page, institution('setup.title')).waitFor()
  for (const [field, text] of Object.entries(FIVE)) await keys.type(page.locator(`#${field}`), text)
  await keys.tap(button(page, institution('setup.submit')))
  await page.waitForURL(/\/equipo\/bandeja/u)
  await page.getByRole('banner').getByText(FIVE.name).waitFor()
}

/** The domicile, which every notice names. */
async function writeAddress({ page, keys }: Desk): Promise<void> {
  await keys.tap(link(page, people('nav.institution')))
  await keys.tap(link(page, institution('group.contact')))
  await keys.paste(page.locator('#address'), 'Pino Suárez 111, Toluca, Estado de México')
  await keys.tap(button(page, institution('save')))
  await page.getByText(institution('saved')).waitFor()
}

async function importRegistry({ page, keys }: Desk): Promise<void> {
  await keys.tap(link(page, people('nav.registry')))
  await keys.tap(link(page, registry('list.import')))
  keys.taps += 2 // the picture of the system's file picker: open it, choose
  await page.getByLabel(registry('file.choose')).first().setInputFiles(FILE)
  await page.getByText('Detectada: Windows-1252.').waitFor()
  await keys.tap(button(page, registry('columns.next')))
  await keys.tap(button(page, registry('preview.write', { count: 300 })))
  await keys.tap(link(page, registry('import.see')))
  await heading(page, registry('list.title')).waitFor()
}

async function takePart(page: Page, offline: (on: boolean) => Promise<void>, file: string): Promise<void> {
  const home = () => page.goto(new URL('/', page.url()).href)
  await openCampaign(page, {
    heading: '¿Las acciones de esta estrategia llevan a su propósito, o no? ¿Qué falta?',
  })
  await offline(true)
  await beginDraft(page)
  await answerAll(page, {
    body: 'Que los talleres se den también en las cabeceras municipales.',
    publish: true,
  })
  await send(page)
  await untilSavedHere(page)
  await offline(false)
  await untilFolio(page)
  await home()
  await openCampaign(page, {
    heading: '¿Qué pilar del gobierno abierto te importa, y por qué hay que promoverlo?',
  })
  await sendVideo(page, { title: 'Lo que aprendí', file, pillar: 'Transparencia', publish: true })
  await untilFolio(page, videos)
  await home()
  await openCampaign(page, { heading: '¿A qué sesiones asistirá su institución?' })
  await register(
    page,
    somebody([{ id: '', title: 'Segunda Jornada', on_day: '' }], 'Ayuntamientos de Técnica y Acción 7'),
  )
  await openSeats(page)
  await untilSeat(page, HELD)
}

test('an empty project becomes three open campaigns without SQL, and a citizen completes each on a phone, once without signal', async ({
  project: { network },
}) => {
  test.setTimeout(720_000)
  const { page, errors } = await borrowPhone(network, { width: 1366, height: 768 })
  const spent: Record<string, string> = {}
  let seconds = 0
  const count = async (name: string, write: (desk: Desk) => Promise<void>) => {
    const keys = new Keystrokes()
    await write({ page, keys })
    spent[name] = `${keys.taps} taps, ${keys.characters} characters, ${keys.seconds.toFixed(0)} s`
    return keys.seconds
  }
  const invited = await inviteFirst(network.origin)
  await count('set-up', (desk) => setUp(desk, invited!.link))
  await count('domicile', writeAddress)
  await count('registry of 300', importRegistry)
  seconds += await count('videos', writeVideos)
  seconds += await count('consultation', writeConsultation)
  seconds += await count('jornadas', writeJornadas)
  console.warn(
    JSON.stringify({ ...spent, 'three campaigns': `${seconds.toFixed(0)} s of ${MOST_SECONDS}` }, null, 2),
  )
  expect(seconds).toBeLessThanOrEqual(MOST_SECONDS)

  const citizen = await borrowPhone(network)
  await citizen.open()
  await untilQuiet(citizen.page)
  await takePart(citizen.page, citizen.offline, (await clip(scratchOfRun(), 'recorded.webm')).path)
  expect([...errors, ...citizen.errors]).toEqual([])
})
