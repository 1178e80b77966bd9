/** The call for videos as its participants see it: the page, the form, and a file on its way. */
import type { Page } from '@playwright/test'
import { clip, falseClip, heavyClip } from '../clips'
import { arrive, button, goOn, heading, send, untilFolio, untilQuiet, untilSavedHere } from '../steps'
import {
  answerVideo,
  arriveAtVideo,
  beginVideo,
  chooseFile,
  finishVideo,
  keepFile,
  readVideoCampaign,
  untilTransfer,
} from '../videoSteps'
import { videos } from '../words'
import type { Tour } from './tour'

export const TITLE = 'Lo que cambió en mi colonia cuando preguntamos en qué se gasta'

/** Stops reading the file after a few pieces, as a slow card would, so that its copy stays incomplete. */
const stallReading = (page: Page) =>
  page.evaluate(() => {
    const read = Blob.prototype.arrayBuffer
    let reads = 0
    Blob.prototype.arrayBuffer = function stalled() {
      reads += 1
      return reads > 8 ? new Promise(() => undefined) : read.call(this)
    }
  })

/** From the campaign's page to «Revisa tus respuestas»: the steps of a video empty, wrong and answered. */
export async function tourVideoForm(tour: Tour): Promise<void> {
  const campaign = await readVideoCampaign(tour.database)
  const file = (await clip(tour.scratch, 'recorded.webm')).path
  const { page, open, close } = await tour.phone()
  await open()
  await untilQuiet(page)
  await open(`/c/${campaign.slug}`)
  await heading(page, campaign.heading).waitFor()
  await tour.show('videos-convocatoria', page)
  await button(page, videos('convocatoria.write')).click()
  await arrive(page, videos('step.aviso.title'))
  await tour.show('video-aviso', page)
  await button(page, videos('step.aviso.continue')).click()
  await arriveAtVideo(page)
  await tour.show('video-archivo', page)
  await chooseFile(page, await falseClip(tour.scratch))
  await page.getByText(videos('step.video.refused')).waitFor()
  await tour.show('video-archivo-error', page)
  await chooseFile(page, (await heavyClip(tour.scratch, 20_000_000)).path)
  await button(page, videos('step.video.keep')).waitFor()
  await tour.show('video-archivo-elegido', page)
  await stallReading(page)
  await button(page, videos('step.video.keep')).click()
  await button(page, videos('step.video.cancel')).waitFor()
  await tour.show('video-archivo-copiando', page)
  await page.reload()
  await goOn(page)
  await page.getByText(videos('step.video.required')).first().waitFor()
  await tour.show('video-archivo-falta', page)
  await keepFile(page, file)
  await page.getByText(videos('step.video.required')).first().waitFor({ state: 'detached' })
  await tour.show('video-archivo-guardado', page)
  await goOn(page)
  await arrive(page, videos('step.texto.title'))
  await goOn(page)
  await page.getByRole('alert').first().waitFor()
  await tour.show('video-texto-error', page)
  await finishVideo(page, { title: TITLE, email: 'vecinas@ejemplo.mx', publish: true })
  await tour.show('video-revisa', page)
  await open(`/c/${campaign.slug}`)
  await beginVideo(page)
  await page.goto((await page.evaluate(() => location.href)).replace(/video$/u, 'revisa'))
  await page.locator('#missing').waitFor()
  await tour.show('video-revisa-falta', page)
  await close()
}

/** The file of a sent video in every state while this phone has it. */
export async function tourVideoSending(tour: Tour): Promise<void> {
  const { network, show } = tour
  const campaign = await readVideoCampaign(tour.database)
  const file = (await clip(tour.scratch, 'recorded.webm')).path
  const { page, context, open, offline, close } = await tour.phone()
  await open()
  await untilQuiet(page)
  await open(`/c/${campaign.slug}`)
  await beginVideo(page)
  await answerVideo(page, { title: TITLE, file, pillar: campaign.pillar.title })
  await offline(true)
  await send(page, videos)
  await untilSavedHere(page, videos)
  await untilTransfer(page, videos('transfer.waiting'))
  await show('video-guardado-sin-conexion', page)
  const release = network.hold('upload.PATCH')
  await offline(false)
  await untilFolio(page, videos)
  await untilTransfer(page, videos('transfer.sending'))
  await show('video-enviando', page)
  await button(page, videos('transfer.pause')).click()
  await untilTransfer(page, videos('transfer.paused'))
  await show('video-en-pausa', page)
  await page.getByLabel(videos('data.wifi_only')).check()
  await button(page, videos('transfer.resume')).click()
  await page.getByText(videos('reason.network_unknown')).waitFor()
  await show('video-espera-wifi', page)
  await button(page, videos('transfer.cancel')).click()
  await show('video-cancelar-pregunta', page)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: videos('transfer.cancel.confirm'), exact: true })
    .click()
  await untilTransfer(page, videos('transfer.cancelled'))
  await show('video-cancelado', page)
  await button(page, videos('transfer.again')).click()
  await page.getByText(videos('reason.network_unknown')).waitFor()
  await page.getByLabel(videos('data.wifi_only')).uncheck()
  await untilTransfer(page, videos('transfer.sending'))
  await offline(true)
  await page.getByText(videos('reason.offline')).waitFor()
  await show('video-se-fue-la-senal', page)
  await context.route('**/upload/resumable/**', (route) =>
    route.fulfill({ status: 413, headers: { 'tus-resumable': '1.0.0' } }),
  )
  await offline(false)
  await untilTransfer(page, videos('transfer.stopped'))
  await show('video-detenido', page)
  await context.unrouteAll()
  release()
  await close()
}
