/** The screens for managing staff: the list, an invitation from both sides, and errors. */
import { randomUUID } from 'node:crypto'
import { readInvitation } from '../inbox'
import { makeMember, signIn } from '../staffSteps'
import { button, heading, link } from '../steps'
import { people, staff } from '../words'
import type { Tour } from './tour'

export async function tourPeople(tour: Tour): Promise<void> {
  const { network, database } = tour
  const admin = await makeMember(database, 'Alma Administra', 'admin')
  const email = `${randomUUID()}@ejemplo.mx`
  const { page, open, close } = await tour.phone()
  await signIn(page, network.origin, admin)
  await link(page, people('nav.people')).click()
  await page.getByRole('heading', { name: people('people.members') }).waitFor()
  await open('/equipo/personas/invitar')
  await heading(page, people('invite.title')).waitFor()
  await tour.show('equipo-invitar', page)
  await button(page, people('invite.submit')).click()
  await page.getByRole('alert').first().waitFor()
  await tour.show('equipo-invitar-error', page)
  await page.getByLabel(people('invite.name'), { exact: true }).fill('Nora Nueva')
  await page.getByLabel(people('invite.email'), { exact: true }).fill(email)
  await page.getByRole('radio', { name: staff('role.moderator') }).check()
  await button(page, people('invite.submit')).click()
  await heading(page, people('invite.done_title')).waitFor()
  await tour.show('equipo-invitada', page)
  await open('/equipo/personas')
  await page.getByText(email, { exact: true }).waitFor()
  await tour.show('equipo-personas', page)
  await button(page, people('people.person', { action: people('people.cancel'), name: 'Nora Nueva' }))
    .first()
    .click()
  await page.getByRole('dialog').waitFor()
  await tour.show('equipo-cancelar-invitacion', page)
  await close()
  await tourInvited(tour, email)
}

/** The invited person's side. */
async function tourInvited(tour: Tour, email: string): Promise<void> {
  const { page, close } = await tour.phone()
  await page.goto(await readInvitation(tour.network.origin, email))
  await button(page, people('accept.submit')).waitFor()
  await tour.show('equipo-invitacion', page)
  await button(page, people('accept.submit')).click()
  await page.getByRole('alert').first().waitFor()
  await tour.show('equipo-invitacion-error', page)
  await page.goto(`${tour.network.origin}/equipo/invitacion`)
  await page.getByText(people('accept.incomplete')).waitFor()
  await page.goto(`${tour.network.origin}/equipo/invitacion#nada`)
  await page.reload()
  await page.getByText(people('accept.refused_title')).waitFor()
  await tour.show('equipo-invitacion-que-no-sirve', page)
  await close()
}
