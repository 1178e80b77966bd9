/** The screens of staff: sign-in, the queue, a review, each decision, and errors. */
import { randomUUID } from 'node:crypto'
import { submitByApi } from '../api'
import {
  askSignOut,
  moreLink,
  decide,
  decideByApi,
  decideLink,
  makeMember,
  openReview,
  searchQueue,
  signIn,
} from '../staffSteps'
import { button, heading, link } from '../steps'
import { desk, people, staff } from '../words'
import { LONG_BODY, type Tour } from './tour'

export async function tourStaff(tour: Tour): Promise<void> {
  const { network, database, campaign } = tour
  const member = await makeMember(database, 'Marta Ejemplo')
  const other = await makeMember(database, 'Pablo Segundo')
  const phone = await tour.phone()
  const { page, open, offline } = phone
  const more = {
    part_id: campaign.action.id,
    helps: 'partly',
    display_name: 'Vecinas',
    municipality: '15106',
  } as const
  const fresh = () => submitByApi(network.origin, campaign, LONG_BODY, more)

  await open('/equipo')
  await heading(page, staff('signin.title')).waitFor()
  await tour.show('equipo-entrar', page)
  await button(page, staff('signin.submit')).click()
  await page.getByRole('alert').first().waitFor()
  await tour.show('equipo-entrar-error', page)
  const first = await fresh()
  const second = await fresh()
  await signIn(page, network.origin, member)
  await page.getByRole('link', { name: /^PR-/u }).first().waitFor()
  await tour.show('equipo-bandeja', page)
  await moreLink(page).click()
  await heading(page, desk('nav.more')).waitFor()
  await tour.show('equipo-mas', page)
  await askSignOut(page)
  await page.getByRole('dialog').waitFor()
  await tour.show('equipo-cerrar-sesion', page)
  await page.keyboard.press('Escape')
  await link(page, people('nav.queue')).click()
  await searchQueue(page, 'no hay nada así')
  await page.getByText(staff('queue.empty_title')).waitFor()
  await tour.show('equipo-bandeja-vacia', page)
  await openReview(page, first.folio)
  await page.getByText(LONG_BODY).first().waitFor()
  await tour.show('equipo-revision', page)
  await decideLink(page).click()
  await heading(page, staff('choose.title')).waitFor()
  await tour.show('equipo-decidir', page)
  for (const decision of ['request_correction', 'accept', 'reject'] as const) {
    await open(`/equipo/revision/${first.id}?paso=${decision}`)
    await button(page, staff(`confirm.${decision}`)).waitFor()
    await tour.show(`equipo-decidir-${decision.replace('_', '-')}`, page)
  }
  await button(page, staff('confirm.reject')).click()
  await page.getByRole('alert').first().waitFor()
  await tour.show('equipo-decidir-error', page)
  await open(`/equipo/revision/${first.id}`)
  await decideLink(page).waitFor()
  await offline(true)
  await decide(page, 'accept')
  await page.getByText(staff('status.saved')).waitFor()
  await tour.show('equipo-revision-sin-conexion', page)
  await offline(false)
  await page.getByText(staff('status.sent'), { exact: true }).waitFor()
  await tour.show('equipo-revision-enviada', page)
  await open(`/equipo/revision/${first.id}?paso=publish`)
  await button(page, staff('confirm.publish')).waitFor()
  await tour.show('equipo-decidir-publish', page)
  await open(`/equipo/revision/${second.id}`)
  await decideLink(page).waitFor()
  await decideByApi(network.origin, other, second.id, ['accept'])
  await decide(page, 'reject', { reason: 'off_topic' })
  await page.getByText(staff('conflict.title')).waitFor()
  await tour.show('equipo-revision-conflicto', page)
  await button(page, staff('conflict.leave')).click()
  await page.getByRole('dialog').waitFor()
  await tour.show('equipo-revision-conflicto-quitar', page)
  await page.keyboard.press('Escape')
  await open(`/equipo/revision/${randomUUID()}`)
  await page.getByText(staff('review.missing_title')).waitFor()
  await tour.show('equipo-revision-que-no-existe', page)
  await open('/equipo/bandeja')
  await page.getByRole('link', { name: /^PR-/u }).first().waitFor()
  const letter = await page.evaluate(() =>
    Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
  )
  await page.setViewportSize({ width: 80 * letter, height: 800 })
  await page.getByRole('table').getByRole('link', { name: /^PR-/u }).first().waitFor()
  await tour.show('equipo-mesa', page)
  await page.keyboard.press('j')
  await page.getByRole('table').locator('a:focus').waitFor()
  await page.keyboard.press('Enter')
  await heading(page, /^[A-Z]{2}-\d{4}-/u).waitFor() // whatever stands first: other tests fill the same queue
  await tour.show('equipo-mesa-revision', page)
  await askSignOut(page)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: staff('signout'), exact: true })
    .click()
  await page.getByText(staff('signin.unsent', { count: 1 })).waitFor() // the conflict is still open
  await page.setViewportSize({ width: 360, height: 740 })
  await tour.show('equipo-entrar-con-pendientes', page)
  await phone.close()
  await tourNobody(tour)
}

/** A person who can sign in and has no role. */
async function tourNobody(tour: Tour): Promise<void> {
  const nobody = await makeMember(tour.database, 'Nadie Todavía')
  await tour.database.query('delete from app.staff where name = $1', ['Nadie Todavía'])
  const { page, close } = await tour.phone()
  await signIn(page, tour.network.origin, nobody)
  await page.getByText(staff('norole.title')).waitFor()
  await tour.show('equipo-sin-permisos', page)
  await close()
}
