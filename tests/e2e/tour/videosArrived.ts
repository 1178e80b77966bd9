/** Videos after their arrival: their authors' page, the staff's review, the gallery. */
import { clip } from '../clips'
import { decide, decideByApi, decideLink, makeMember, openReview, signIn } from '../staffSteps'
import { button, heading, keepByLink, link, untilQuiet } from '../steps'
import {
  announceVideo,
  prepareByApi,
  runMediaJobs,
  sendVideoByApi,
  type SentVideo,
  transcribeByApi,
} from '../videoApi'
import { readVideoCampaign, untilTransfer } from '../videoSteps'
import { kinds, staff, videos } from '../words'
import type { Tour } from './tour'
import { TITLE } from './videos'

/** The states of a file after its upload. */
export async function tourVideoArrived(tour: Tour): Promise<void> {
  const { network, database, show } = tour
  const campaign = await readVideoCampaign(database)
  const recorded = await clip(tour.scratch, 'recorded.webm')
  const { page, open, close } = await tour.phone()
  await open()
  await untilQuiet(page)
  const awaited = await announceVideo(network.origin, campaign, recorded, TITLE)
  await keepByLink(page, network.origin, awaited)
  await untilTransfer(page, videos('transfer.elsewhere'))
  await show('video-falta-el-archivo', page)
  const states = [
    ['video-comprobando', 'attached', 'checking'],
    ['video-comprobado', 'verified', 'verified'],
    ['video-distinto', 'mismatch', 'mismatch'],
    ['video-no-llego-a-tiempo', 'expired', 'expired'],
    ['video-archivo-borrado', 'removed', 'removed'],
  ] as const
  for (const [name, status, moment] of states) {
    await database.query('update app.media_uploads set status = $2 where id = $1', [awaited.media, status])
    await page.reload() // an open page asks for its file every few seconds, and less often the longer it is open
    await untilTransfer(page, videos(`transfer.${moment}`))
    await show(name, page)
  }
  await close()
}

/** Sends a video completely. */
async function fresh({ network, database, scratch }: Tour, transcript: string | null): Promise<SentVideo> {
  const campaign = await readVideoCampaign(database)
  const recorded = await clip(scratch, 'recorded.webm')
  const more = { transcript, display_name: 'Vecinas del Centro', municipality: '15106' }
  return await sendVideoByApi(network.origin, campaign, recorded, TITLE, more)
}

/** The staff's review of a video: without its file, without transcript, playing, ready, published. */
export async function tourVideoReview(tour: Tour): Promise<void> {
  const { network, database, show } = tour
  const campaign = await readVideoCampaign(database)
  const recorded = await clip(tour.scratch, 'recorded.webm')
  const { page, open, offline, close } = await tour.phone()
  const awaited = await announceVideo(network.origin, campaign, recorded, TITLE)
  const mute = await fresh(tour, null)
  await signIn(page, network.origin, await makeMember(database, 'Marta Ejemplo'))
  await openReview(page, awaited.folio)
  await page.getByText(kinds('video.title'), { exact: true }).waitFor()
  await show('equipo-video-por-llegar', page)
  await open(`/equipo/revision/${mute.id}`)
  await page.getByText(kinds('findings.equal')).waitFor()
  await page.locator('video').waitFor()
  await show('equipo-video', page)
  await page.getByLabel(kinds('transcript.label')).fill('')
  await button(page, kinds('transcript.save')).click()
  await page.locator('#transcript-error').waitFor()
  await show('equipo-video-transcripcion-error', page)
  await page.locator('video').evaluate((video: HTMLVideoElement) => video.play())
  await show('equipo-video-reproduciendo', page)
  await decide(page, 'accept')
  await page.getByText(staff('status.sent'), { exact: true }).waitFor()
  await decideLink(page)
    .or(link(page, staff('review.decide_more')))
    .click()
  await heading(page, staff('choose.title')).waitFor()
  await show('equipo-video-sin-transcripcion', page)
  await open(`/equipo/revision/${mute.id}`)
  await page.getByLabel(kinds('transcript.label')).waitFor()
  await offline(true)
  await page.getByLabel(kinds('transcript.label')).fill('Buenas tardes, les cuento de mi colonia.')
  await button(page, kinds('transcript.save')).click()
  await page.getByText(kinds('transcript.waiting')).waitFor()
  await show('equipo-video-transcripcion-sin-conexion', page)
  await offline(false)
  await page.getByText(kinds('transcript.waiting')).waitFor({ state: 'detached' })
  await prepareByApi(network.origin, await makeMember(database, 'Pilar Prepara'), mute.id)
  await open(`/equipo/revision/${mute.id}?paso=publish`)
  await button(page, staff('confirm.publish')).waitFor()
  await show('equipo-video-publicar', page)
  await close()
  await tourTranscript(tour)
}

/** A transcript that another member saved first, and one that can no longer be saved. */
async function tourTranscript({ network, database, scratch, phone, show }: Tour): Promise<void> {
  const campaign = await readVideoCampaign(database)
  const recorded = await clip(scratch, 'recorded.webm')
  const mute = await announceVideo(network.origin, campaign, recorded, TITLE, { transcript: null })
  const { page, close } = await phone()
  await signIn(page, network.origin, await makeMember(database, 'Tina Transcribe'))
  await openReview(page, mute.folio)
  await page.getByLabel(kinds('transcript.label')).waitFor()
  const other = await makeMember(database, 'Pablo Segundo')
  await transcribeByApi(network.origin, other, mute.id, 'Buenas tardes, les cuento de la colonia.')
  await page
    .getByLabel(kinds('transcript.label'))
    .fill('Buenas tardes. Les cuento lo que pasó en mi colonia.')
  await button(page, kinds('transcript.save')).click()
  await page.getByText(kinds('transcript.conflict')).waitFor()
  await show('equipo-video-transcripcion-de-dos', page)
  await button(page, kinds('transcript.edit')).click()
  await show('equipo-video-transcripcion-corregir', page)
  await database.query('update app.staff set active = false where name = $1', ['Tina Transcribe'])
  await page.reload()
  await page.getByText(kinds('transcript.held'), { exact: true }).waitFor()
  await show('equipo-video-transcripcion-sin-permiso', page)
  await close()
}

/** The gallery: empty, full, playing, without signal. */
export async function tourGallery(tour: Tour): Promise<void> {
  const { network, database, show } = tour
  const campaign = await readVideoCampaign(database)
  const sent = await fresh(tour, 'Buenas tardes, les cuento de mi colonia.')
  const { page, context, open, offline, close } = await tour.phone()
  await open()
  await untilQuiet(page)
  await open('/c/plan-de-difusion-2021/galeria')
  await page.getByText(videos('gallery.empty.title')).waitFor()
  await show('galeria-vacia', page)
  const marta = await makeMember(database, 'Marta Ejemplo')
  await prepareByApi(network.origin, marta, sent.id)
  await decideByApi(network.origin, marta, sent.id, ['accept', 'publish'])
  await runMediaJobs(network.origin)
  await open(`/c/${campaign.slug}/galeria`)
  const card = page.locator('article', { hasText: sent.folio })
  await card.waitFor()
  await show('galeria', page)
  await card.getByRole('button').first().click()
  await card.locator('video').waitFor()
  await show('galeria-reproduciendo', page)
  await offline(true)
  await open(`/c/${campaign.slug}/galeria`)
  await card.waitFor()
  await context.route('**/videos-public/*.mp4', (route) => route.abort()) // the browser may have cached the bytes
  await card.getByRole('button').first().click()
  await card.getByText(videos('gallery.play_failed')).waitFor()
  await show('galeria-sin-conexion', page)
  await close()
}
