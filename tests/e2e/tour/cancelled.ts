/** A day that is called off, with the keyboard alone: what staff see, and what its people and everybody see. */
import { registerMany } from '../days'
import { enter, type } from '../keyboard'
import { addDay, readSeries, showSecondGroup, untilSeat } from '../jornadaSteps'
import { openDay } from '../rescheduleSteps'
import { makeMember } from '../staffSteps'
import { button, heading, keepByLink, link } from '../steps'
import { jornadas, reschedule } from '../words'
import type { Tour } from './tour'

export async function tourCancelled(tour: Tour): Promise<void> {
  const { network, database } = tour
  const series = await readSeries(database)
  const [day, other] = [await addDay(database, 5), await addDay(database, 5)]
  const [person] = await registerMany(network.origin, database, day, 6)
  const desk = await tour.phone()
  const { page } = desk
  await openDay(page, network.origin, await makeMember(database, 'Carla Cancela', 'coordinator'), day)
  await enter(page, link(page, reschedule('detail.cancel')))
  await heading(page, reschedule('cancel.title')).waitFor()
  await enter(page, button(page, reschedule('form.review')))
  await page.getByRole('alert').first().waitFor()
  await tour.show('equipo-jornada-cancelar', page)
  await type(page, page.locator('#reason'), 'La ponente enfermó y no hay otra fecha.')
  await enter(page, button(page, reschedule('form.review')))
  await heading(page, reschedule('review.title')).waitFor()
  await enter(page, page.getByText(/Ver el correo para/u).first())
  await tour.show('equipo-jornada-cancelar-revisar', page)
  await enter(page, button(page, reschedule('review.send_cancel')))
  await page.getByText(reschedule('status.sent_cancel'), { exact: true }).waitFor()
  await tour.show('equipo-jornada-cancelada', page)
  await desk.close()

  const phone = await tour.phone()
  await keepByLink(phone.page, network.origin, person!)
  await untilSeat(phone.page, jornadas('seat.called_off'))
  await tour.show('envio-con-dia-cancelado-por-el-instituto', phone.page)
  await enter(phone.page, button(phone.page, jornadas('instead.take_named', { day: other.title })))
  await phone.page.getByText(jornadas('instead.taken', { day: other.title })).waitFor()
  await phone.open(`/c/${series.slug}`)
  await showSecondGroup(phone.page)
  await phone.page.locator('s', { hasText: day.title }).waitFor()
  await enter(phone.page, phone.page.getByText(/cambios? anunciados?$/iu))
  await tour.show('campana-con-cambios-anunciados', phone.page)
  await phone.close()
}
