/**
 * The reasons why a submission waits: a captive portal, the server, a full disk; and the advice for an iPhone
 * before installing.
 */
import { openBlank, writeFirstVersion } from '../deploy'
import { leaveSpace } from '../phoneSteps'
import { openCampaign, untilReadyOffline, untilSavedHere, writeAndSend } from '../steps'
import { folio, frame, pages } from '../words'
import { LONG_BODY, type Tour } from './tour'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Version/17.4 Mobile/15E148 Safari/604.1'

async function tourWaiting(tour: Tour): Promise<void> {
  const { network, campaign } = tour
  const { page, context, open, close } = await tour.phone()
  await open()
  await untilReadyOffline(page)
  network.captivePortal(true)
  await open()
  await openCampaign(page, campaign)
  await writeAndSend(page, { body: LONG_BODY })
  await untilSavedHere(page)
  await open('/envios')
  await page.getByText(folio('waiting.portal')).waitFor()
  await tour.show('envios-red-con-pagina', page)
  network.status(503)
  network.captivePortal(false)
  await open('/envios')
  await page.getByText(folio('waiting.server')).waitFor()
  await tour.show('envios-servidor', page)
  network.down(true)
  network.status(null)
  await leaveSpace(page, network.origin, 0)
  network.down(false)
  await open('/envios')
  await page.getByText(folio('disk.storage_full')).waitFor()
  await tour.show('envios-telefono-lleno', page)
  await leaveSpace(page, network.origin, null)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setUserAgentOverride', { userAgent: IPHONE })
  await open('/ajustes')
  await page.getByText(pages('settings.install.apart')).waitFor()
  await tour.show('ajustes-iphone', page)
  await close()
}

/** An old tab holds the database, so nothing can be read until it is closed. */
async function tourBlocked(tour: Tour): Promise<void> {
  const { page, context, close } = await tour.phone()
  await openBlank(page, tour.network.origin)
  await writeFirstVersion(page, { drafts: [] })
  await page.evaluate(() => void Object.assign(window, { held: indexedDB.open('convoca') }))
  const newer = await context.newPage()
  await newer.goto(`${tour.network.origin}/envios`)
  await newer.getByText(frame('trouble.blocked')).waitFor()
  await tour.show('envios-otra-pestana', newer)
  await close()
}

export async function tourTroubles(tour: Tour): Promise<void> {
  await tourWaiting(tour)
  await tourBlocked(tour)
}
