/** The screens of a rescheduled jornada: the day, its form, the review, the state of the change, and errors. */
import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { dayFromNow, registerMany } from '../days'
import { addDay } from '../jornadaSteps'
import { beginChange, confirmChange, moveByApi, openDay, untilChanged } from '../rescheduleSteps'
import { makeMember, type Member } from '../staffSteps'
import { button, heading, keepByLink, link } from '../steps'
import { jornadas, reschedule, staff } from '../words'
import type { Tour } from './tour'

export async function tourReschedule(tour: Tour): Promise<void> {
  const { network, database } = tour
  const coordinator = await makeMember(database, 'Carla Coordina', 'coordinator')
  const day = await addDay(database, 5)
  const [person] = await registerMany(network.origin, database, day, 6)
  const { page, offline, close } = await tour.phone()
  await openDay(page, network.origin, coordinator, day)
  await page.getByText(reschedule('seats.confirmed', { count: 5 })).waitFor()
  await tour.show('equipo-jornada', page)
  await beginChange(page)
  await tour.show('equipo-jornada-cambio', page)
  await page.locator('#capacity').fill('4')
  await button(page, reschedule('form.review')).click()
  await page.getByRole('alert').first().waitFor()
  await tour.show('equipo-jornada-cambio-error', page)
  await page.locator('#capacity').fill('6')
  await fillMove(page, await dayFromNow(database, 27))
  await button(page, reschedule('form.review')).click()
  await heading(page, reschedule('review.title')).waitFor()
  await tour.show('equipo-jornada-revisar', page)
  await page.goBack()
  await page.goBack()
  await page.getByText(reschedule('detail.draft')).waitFor()
  await tour.show('equipo-jornada-borrador', page)
  await link(page, reschedule('detail.go_on')).click()
  await offline(true)
  await confirmChange(page)
  await page.getByText(reschedule('status.saved'), { exact: true }).waitFor()
  await tour.show('equipo-jornada-sin-conexion', page)
  await offline(false)
  await untilChanged(page)
  await tour.show('equipo-jornada-cambiada', page)
  await close()
  await tourTroubles(tour, coordinator)
  await tourPerson(tour, person!)
}

async function fillMove(page: Page, onDay: string): Promise<void> {
  await page.locator('#on_day').fill(onDay)
  await page.locator('#place').fill('Casa de cultura de ejemplo, Ecatepec')
  await page.getByRole('radio', { name: reschedule('modality.virtual') }).check()
  await page.locator('#reason').fill('La sala de siempre estará en obras hasta enero.')
}

/** A conflict, a refusal, a day without a date, an unknown day, and a failing server. */
async function tourTroubles(tour: Tour, coordinator: Member): Promise<void> {
  const { network, database } = tour
  const { origin } = network
  const day = await addDay(database, 5)
  const { page, open, close } = await tour.phone()
  await openDay(page, origin, coordinator, day)
  await beginChange(page)
  await moveByApi(origin, database, day, { place: 'Biblioteca de ejemplo', capacity: 8 })
  await fillMove(page, day.on_day)
  await confirmChange(page)
  await page.getByText(reschedule('conflict.title')).waitFor()
  await tour.show('equipo-jornada-conflicto', page)
  await button(page, staff('both.keep_theirs')).click()
  await beginChange(page)
  await registerMany(origin, database, day, 2)
  await page.locator('#capacity').fill('1')
  await page.locator('#reason').fill('La sala es más chica.')
  await confirmChange(page)
  await page.getByText(reschedule('problem.capacity_too_small', { count: 2 })).waitFor() // with the current numbers
  await tour.show('equipo-jornada-rechazada', page)
  await button(page, reschedule('status.drop')).click()
  await beginChange(page)
  await page.locator('#pending').check()
  await tour.show('equipo-jornada-fecha-por-confirmar', page)
  await open(`/equipo/jornadas/${randomUUID()}/cambiar`)
  await page.getByText(reschedule('detail.missing_title')).waitFor()
  await tour.show('equipo-jornada-que-no-existe', page)
  network.status(503)
  await open(`/equipo/jornadas/${day.id}/cambiar`)
  await page.getByText(staff('state.failed_title')).waitFor()
  await tour.show('equipo-jornada-falla', page)
  network.status(null)
  await close()
}

/** A registered person's view of the changed day. */
async function tourPerson(tour: Tour, person: { path: string }): Promise<void> {
  const { page, close } = await tour.phone()
  await keepByLink(page, tour.network.origin, person)
  await link(page, jornadas('seat.pass')).click()
  await page.getByText(jornadas('pass.title'), { exact: true }).waitFor()
  await tour.show('pase-de-jornada-movida', page)
  await page.goBack()
  await button(page, jornadas('seat.cancel')).click()
  await button(page, jornadas('seat.cancel.confirm')).click()
  await button(page, jornadas('seat.calendar_remove')).waitFor()
  await tour.show('envio-con-dia-cancelado', page)
  await close()
}
