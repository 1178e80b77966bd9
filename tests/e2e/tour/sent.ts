/**
 * The screens after sending: the saved submission, its states, the private link, withdrawing and recovering.
 */
import { randomUUID } from 'node:crypto'
import { submitByApi } from '../api'
import { readCode } from '../inbox'
import { decideByApi, makeMember } from '../staffSteps'
import {
  answerAll,
  beginDraft,
  button,
  heading,
  keepByLink,
  send,
  untilChip,
  untilFolio,
  untilQuiet,
  untilSavedHere,
  withdraw,
  pathOf,
} from '../steps'
import { chips, folio, propuestas } from '../words'
import { LONG_BODY, type Tour } from './tour'

/** From «guardado» without signal to «recibido», with the list in between. */
export async function tourSending(tour: Tour): Promise<void> {
  const phone = await tour.phone()
  const { page, open, offline } = phone
  await open('/envios')
  await page.getByText(folio('list.empty.title')).waitFor()
  await untilQuiet(page)
  await tour.show('envios-vacio', page)
  await open(`/c/${tour.campaign.slug}`)
  await offline(true)
  await beginDraft(page)
  await answerAll(page, {
    body: LONG_BODY,
    about: tour.campaign.action.title,
    helps: 'partly',
    municipality: 'Toluca',
  })
  await tour.show('propuesta-revisa-sin-conexion', page)
  await send(page)
  await untilSavedHere(page)
  await tour.show('guardado-sin-conexion', page)
  const id = (await pathOf(page)).split('/').at(-1)!
  await open(`/c/${tour.campaign.slug}`)
  await beginDraft(page)
  await open('/envios')
  await untilChip(page, chips('unsent'))
  await tour.show('envios-sin-conexion', page)
  await open(`/envios/${id}`)
  await untilChip(page, chips('unsent'))
  await tour.show('envio-sin-enviar', page)
  await button(page, folio('remove.open')).click()
  await page.getByText(folio('remove.unsent')).waitFor()
  await tour.show('envio-no-se-puede-quitar', page)
  await open(`/guardado/${id}`)
  const release = tour.network.hold('apply_ops')
  await offline(false)
  await untilChip(page, chips('sending'))
  await tour.show('guardado-enviando', page)
  release()
  await untilFolio(page)
  await tour.show('recibido', page)
  await open('/envios')
  await page.locator('[data-chip=received]').first().waitFor()
  await tour.show('envios', page)
  await open('/guardado/no-existe')
  await page.getByText(propuestas('saved.unknown.title')).first().waitFor()
  await tour.show('guardado-que-no-existe', page)
  await phone.close()
}

/** A submission's page in each of its states. */
export async function tourStates(tour: Tour): Promise<void> {
  const { network, campaign } = tour
  const member = await makeMember(tour.database, 'Marta Ejemplo')
  const { page, open, offline, close } = await tour.phone()
  const fresh = () =>
    submitByApi(network.origin, campaign, LONG_BODY, { part_id: campaign.action.id, helps: 'yes' })
  const received = await fresh()
  await open(received.path)
  await untilQuiet(page)
  await page.getByText(folio('open.found')).waitFor()
  await tour.show('folio-encontrado', page)
  await button(page, folio('open.look')).click()
  await page.getByText(folio('open.looking')).waitFor()
  await tour.show('folio-solo-ver', page)
  await keepByLink(page, network.origin, received)
  await untilChip(page, chips('received_folio', { folio: received.folio }))
  await tour.show('envio-llego', page)
  await page.getByText(folio('link.qr'), { exact: true }).click()
  await page.locator('svg[role=img], [role=img] svg').first().waitFor()
  await tour.show('envio-qr', page)
  await button(page, folio('withdraw.open')).click()
  await page.getByRole('dialog').waitFor()
  await tour.show('envio-retirar-pregunta', page)
  await page.keyboard.press('Escape')
  await button(page, folio('remove.open')).click()
  await page.getByRole('dialog').waitFor()
  await tour.show('envio-quitar-pregunta', page)
  await page.keyboard.press('Escape')
  const states = [
    ['envio-pide-cambio', ['request_correction'], 'correction_requested'],
    ['envio-aceptada', ['accept'], 'accepted'],
    ['envio-publicada', ['accept', 'publish'], 'published'],
    ['envio-no-entro', ['accept', 'not_select'], 'not_selected'],
    ['envio-no-se-publicara', ['reject'], 'rejected'],
  ] as const
  for (const [name, decisions, chip] of states) {
    const sent = await fresh()
    await decideByApi(network.origin, member, sent.id, [...decisions])
    await keepByLink(page, network.origin, sent)
    await untilChip(page, chips(chip))
    await tour.show(name, page)
    if (chip !== 'correction_requested') continue
    await page.getByRole('link', { name: folio('act.correct') }).click()
    await heading(page, folio('correct.title')).waitFor()
    await page.getByLabel(propuestas('step.texto.label'), { exact: true }).waitFor()
    await tour.show('corregir', page)
  }
  const gone = await fresh()
  await keepByLink(page, network.origin, gone)
  await withdraw(page)
  await untilChip(page, chips('withdrawn'))
  await tour.show('envio-retirada', page)
  await open('/envios')
  await page.locator('[data-chip=published]').first().waitFor()
  await tour.show('envios-con-respuestas', page)
  await offline(true)
  await page.locator('[data-chip=published]').first().waitFor()
  await tour.show('envios-con-respuestas-sin-conexion', page)
  await offline(false)
  await open(`/c/${campaign.slug}/publicadas`)
  await page.getByText(LONG_BODY).first().waitFor()
  await tour.show('publicadas-llenas', page)
  await close()
}

/** Ways to a submission that is on none of the person's phones. */
export async function tourRecovery(tour: Tour): Promise<void> {
  const email = `${randomUUID().slice(0, 8)}@ejemplo.mx`
  await submitByApi(tour.network.origin, tour.campaign, LONG_BODY, { email })
  const { page, open, offline, close } = await tour.phone()
  await open('/folio')
  await untilQuiet(page)
  await tour.show('folio-abrir', page)
  await button(page, folio('open.submit')).click()
  await page.getByRole('alert').first().waitFor()
  await tour.show('folio-abrir-error', page)
  await open('/folio#PR-2026-000001-1.incompleto')
  await page.getByText(folio('open.unreadable')).first().waitFor()
  await tour.show('folio-enlace-incompleto', page)
  await open('/recuperar')
  await page.getByLabel(folio('recover.email')).waitFor()
  await tour.show('recuperar', page)
  await offline(true)
  await page.getByText(folio('recover.offline')).waitFor()
  await tour.show('recuperar-sin-conexion', page)
  await offline(false)
  await page.getByLabel(folio('recover.email')).fill(email)
  await button(page, folio('recover.ask')).click()
  await page.getByLabel(folio('recover.code'), { exact: true }).waitFor()
  await tour.show('recuperar-codigo', page)
  await page.getByLabel(folio('recover.code'), { exact: true }).fill('000000')
  await button(page, folio('recover.open')).click()
  await page.getByRole('alert').first().waitFor()
  await tour.show('recuperar-codigo-error', page)
  await page
    .getByLabel(folio('recover.code'), { exact: true })
    .fill(await readCode(tour.network.origin, email))
  await button(page, folio('recover.open')).click()
  await button(page, folio('recover.save', { count: 1 })).waitFor()
  await tour.show('recuperar-encontrado', page)
  await close()
}
