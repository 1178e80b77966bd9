/** The screens of the door: the days, a day in each state, one guest, and the results of the camera. */
import {
  findGuest,
  giveReader,
  makeDay,
  markGuest,
  openDay,
  registerGuest,
  showCode,
  type DoorDay,
  type Guest,
} from '../doorSteps'
import { makeMember, signIn } from '../staffSteps'
import { button, heading, link } from '../steps'
import { door } from '../words'
import type { Tour } from './tour'

const LONG = 'Jornada de sensibilización para municipios y organismos descentralizados'

export async function tourDoor(tour: Tour): Promise<void> {
  const { network, database } = tour
  const day = await makeDay(database, LONG, { capacity: 4 })
  const names = ['Ana Núñez Peña', 'María Guadalupe Fernández de Santillán', 'Raúl Ya Llegó', 'Zoe Última']
  const guests: Guest[] = []
  for (const name of names) guests.push(await registerGuest(network.origin, database, name, [day]))
  const waiting = await registerGuest(network.origin, database, 'Wanda Espera', [day])
  await database.query(
    `update app.seats set status = 'attended', checked_in_at = now() where submission_id = $1`,
    [guests[2]!.id],
  )
  await tourDay(tour, day, guests, waiting)
  await tourCamera(tour, day, guests)
  const empty = await makeDay(database, 'Jornada sin inscripciones', { away: null })
  const { page, close } = await tour.phone()
  await signIn(page, network.origin, await makeMember(database, 'Vera Espera', 'door', empty.id))
  await openDay(page, empty)
  await page.getByText(door('list.empty_title')).waitFor()
  await tour.show('puerta-jornada-vacia', page)
  await page.goto(`${network.origin}/equipo/puerta/${day.id}`)
  await page.getByText(door('day.denied_title')).waitFor()
  await tour.show('puerta-jornada-ajena', page)
  await close()
}

async function tourDay(tour: Tour, day: DoorDay, guests: Guest[], waiting: Guest): Promise<void> {
  const { network, database } = tour
  const coordinator = await makeMember(database, 'Carla Coordina', 'coordinator')
  const { page, open, offline, close } = await tour.phone()
  await signIn(page, network.origin, coordinator)
  await open('/equipo/puerta')
  await link(page, day.title).waitFor()
  await tour.show('puerta-dias', page)
  await openDay(page, day)
  await page.getByText(guests[0]!.name).waitFor()
  await tour.show('puerta-jornada', page)
  await page.getByLabel(door('search.label')).fill('nadie así')
  await page.getByText(door('search.none_title')).waitFor()
  await tour.show('puerta-sin-resultado', page)
  await findGuest(page, 'ana nunez', guests[0]!)
  await tour.show('puerta-persona', page)
  await button(page, door('person.mark')).click()
  await page.locator('[data-outcome]').getByText(door('outcome.marked'), { exact: true }).waitFor() // gives way to the camera after a moment
  await tour.show('puerta-marcada', page)
  await findGuest(page, 'wanda', waiting)
  await tour.show('puerta-persona-en-espera', page)
  await open(`/equipo/puerta/${day.id}`)
  await page.getByText(/También se abre sin señal/u).waitFor()
  await offline(true)
  await markGuest(page, guests[1]!.folio, guests[1]!)
  await page.getByText(door('list.unsent', { count: 1 })).waitFor()
  await tour.show('puerta-sin-conexion', page)
  await database.query(
    `update app.seats set status = 'cancelled', pass_code = null where submission_id = $1`,
    [guests[1]!.id],
  )
  await offline(false)
  await page.getByText(door('stuck.title', { count: 1 })).waitFor()
  await tour.show('puerta-no-se-registro', page)
  await link(page, guests[1]!.name).first().click()
  await page.getByText(door('refused.seat_not_confirmed')).waitFor()
  await tour.show('puerta-persona-rechazada', page)
  await button(page, door('refused.give_up')).click()
  await heading(page, day.title).waitFor()
  await offline(true)
  await open('/equipo/puerta')
  await page.getByText(door('days.stale')).waitFor()
  await tour.show('puerta-dias-sin-conexion', page)
  await offline(false)
  await close()
}

async function tourCamera(tour: Tour, day: DoorDay, guests: Guest[]): Promise<void> {
  const { network, database } = tour
  const volunteer = await makeMember(database, 'Vera Escanea', 'door', day.id)
  const { page, close } = await tour.phone({ camera: true })
  await giveReader(page)
  await signIn(page, network.origin, volunteer)
  await openDay(page, day)
  await page.getByText(guests[0]!.name).waitFor()
  await tour.show('puerta-jornada-con-camara', page)
  await link(page, door('scan.open')).click()
  await page.getByText(door('scan.watching')).waitFor()
  await tour.show('puerta-escanear', page)
  await showCode(page, guests[3]!.pass(day))
  await page.getByText(/^Registrado a las/u).waitFor()
  await tour.show('puerta-pase-bueno', page)
  const other = { ...day, id: crypto.randomUUID() }
  await showCode(page, guests[3]!.pass(other))
  await page.getByText(door('outcome.wrong_day')).waitFor()
  await tour.show('puerta-pase-de-otro-dia', page)
  await showCode(page, guests[2]!.pass(day))
  await page.getByText(door('outcome.used')).waitFor()
  await tour.show('puerta-pase-usado', page)
  await close()
  const blind = await tour.phone()
  await giveReader(blind.page)
  await signIn(blind.page, network.origin, volunteer)
  await openDay(blind.page, day)
  await link(blind.page, door('scan.open')).click()
  await blind.page.getByText(door('camera.missing_title')).waitFor()
  await blind.page.getByText(door('camera.instead')).waitFor()
  await tour.show('puerta-sin-camara', blind.page)
  await link(blind.page, door('scan.type')).click()
  await blind.page.getByLabel(door('search.label')).waitFor()
  await blind.close()
}
