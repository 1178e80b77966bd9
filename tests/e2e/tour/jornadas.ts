/** The screens of the jornadas: the series, the form, seats in each state, and the pass. */
import {
  addDay,
  fillRegistration,
  openSeats,
  readSeries,
  register,
  sendRegistration,
  somebody,
  untilSeatless,
} from '../jornadaSteps'
import { button, heading, link, untilQuiet, pathOf } from '../steps'
import { jornadas } from '../words'
import type { Tour } from './tour'

const HISTORIC = '/c/jornadas-2021-2022'

export async function tourSeries(tour: Tour): Promise<void> {
  const series = await readSeries(tour.database)
  const { page, open, close } = await tour.phone()
  await open()
  await untilQuiet(page)
  await open(`/c/${series.slug}`)
  await page.getByText(jornadas('registry.kept')).waitFor()
  await tour.show('jornadas', page)
  await open(HISTORIC)
  await page.getByText(jornadas('day.undated')).first().waitFor()
  await tour.show('jornadas-del-acta', page)
  await close()
  const fresh = await tour.phone()
  await fresh.open()
  await untilQuiet(fresh.page)
  await fresh.offline(true)
  await fresh.open(`/c/${series.slug}`)
  await fresh.page.getByText(jornadas('registry.not_kept')).waitFor()
  await tour.show('jornadas-sin-padron', fresh.page)
  await button(fresh.page, jornadas('convocatoria.write')).click()
  await button(fresh.page, jornadas('step.aviso.continue')).click()
  await fresh.page.getByText(jornadas('registry.offline.title')).waitFor()
  await tour.show('inscripcion-sin-padron', fresh.page)
  await fresh.close()
}

/** Each page of the form with its errors, up to a registration that waits for the signal. */
export async function tourRegistration(tour: Tour): Promise<void> {
  const series = await readSeries(tour.database)
  const day = await addDay(tour.database, 10)
  const { page, open, offline, close } = await tour.phone()
  const goOn = () => button(page, jornadas('form.continue')).click()
  const alert = () => page.getByRole('alert').first().waitFor()
  await open()
  await untilQuiet(page)
  await open(`/c/${series.slug}`)
  await page.getByText(jornadas('registry.kept')).waitFor()
  await offline(true)
  await button(page, jornadas('convocatoria.write')).click()
  await heading(page, jornadas('step.aviso.title')).waitFor()
  await tour.show('inscripcion-aviso', page)
  await button(page, jornadas('step.aviso.continue')).click()
  await goOn()
  await alert()
  await tour.show('inscripcion-institucion-error', page)
  await page.getByRole('combobox').fill('ayuntamineto metepec')
  await page.getByRole('option').first().waitFor()
  await tour.show('inscripcion-institucion-buscar', page)
  await page.getByRole('combobox').fill('fideicomiso')
  await page.getByRole('option').first().waitFor()
  await tour.show('inscripcion-institucion-sin-grupo', page)
  await page.getByRole('combobox').fill('zzzzzz')
  await page.getByText(jornadas('picker.none')).waitFor()
  await tour.show('inscripcion-institucion-ninguna', page)
  await page.getByRole('combobox').fill('Ayuntamiento de Metepec')
  await page.getByRole('option').first().click()
  await page.getByText(jornadas('step.institucion.error')).first().waitFor({ state: 'detached' })
  await tour.show('inscripcion-institucion', page)
  await goOn()
  await heading(page, jornadas('step.dias.title')).waitFor()
  await goOn()
  await alert()
  await tour.show('inscripcion-dias-error', page)
  await page.getByRole('checkbox', { name: day.title }).check()
  await goOn()
  await heading(page, jornadas('step.persona.title')).waitFor()
  await page.getByRole('checkbox', { name: jornadas('step.persona.needs') }).check()
  await goOn()
  await alert()
  await tour.show('inscripcion-persona-error', page)
  await close()
}

/**
 * A registration from «aún no tiene lugar» to confirmed, waiting, offered and cancelled, and the pass without
 * signal.
 */
export async function tourSeats(tour: Tour): Promise<void> {
  const { database } = tour
  const series = await readSeries(database)
  const [roomy, narrow] = [await addDay(database, 10), await addDay(database, 1)]
  const holder = await tour.phone()
  await holder.open(`/c/${series.slug}`)
  await register(holder.page, somebody([narrow]))
  await openSeats(holder.page)
  const { page, open, offline, close } = await tour.phone()
  await open()
  await untilQuiet(page)
  await open(`/c/${series.slug}`)
  await page.getByText(jornadas('registry.kept')).waitFor()
  await fillRegistration(page, { ...somebody([roomy, narrow]), need: 'Un lugar al frente' })
  await tour.show('inscripcion-revise', page)
  await offline(true)
  await sendRegistration(page)
  await untilSeatless(page)
  await tour.show('inscripcion-guardada', page)
  const id = (await pathOf(page)).split('/').at(-1)!
  await open(`/envios/${id}`)
  await page.getByText(jornadas('seat.unsent')).first().waitFor()
  await tour.show('inscripcion-sin-enviar', page)
  await open(`/guardado/${id}`)
  await offline(false)
  await heading(page, jornadas('saved.title.received')).waitFor()
  await tour.show('inscripcion-recibida', page)
  await openSeats(page)
  await page.getByText(jornadas('seat.waiting', { place: 1 })).waitFor()
  await tour.show('inscripcion-lugares', page)
  await button(holder.page, jornadas('seat.cancel')).click()
  await holder.page.getByRole('dialog').waitFor()
  await tour.show('inscripcion-cancelar-pregunta', holder.page)
  await button(holder.page, jornadas('seat.cancel.confirm')).click()
  await holder.page.getByText(jornadas('seat.cancelled')).waitFor()
  await tour.show('inscripcion-dia-cancelado', holder.page)
  await page.reload()
  await button(page, jornadas('seat.accept')).waitFor()
  await tour.show('inscripcion-lugar-ofrecido', page)
  await offline(true)
  await button(page, jornadas('seat.accept')).click()
  await page.getByText(jornadas('seat.asked')).waitFor()
  await tour.show('inscripcion-aviso-sin-enviar', page)
  await link(page, jornadas('seat.pass')).first().click()
  await page.getByRole('img', { name: jornadas('pass.qr') }).waitFor()
  await tour.show('pase', page)
  await open(`/envios/${id}/pase/${narrow.id}`)
  await page.getByText(jornadas('pass.none.title')).waitFor()
  await tour.show('pase-sin-lugar', page)
  await holder.close()
  await close()
}
