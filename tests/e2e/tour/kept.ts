/** Reviewing without signal: the switch off and on, the kept queue, a review, and an empty queue. */
import { submitByApi } from '../api'
import { decide, makeMember, openReview, signIn } from '../staffSteps'
import { heading } from '../steps'
import { staff } from '../words'
import { LONG_BODY, type Tour } from './tour'

export async function tourKept(tour: Tour): Promise<void> {
  const { network, database, campaign } = tour
  const sent = await submitByApi(network.origin, campaign, LONG_BODY)
  const { page, open, offline, close } = await tour.phone()
  await signIn(page, network.origin, await makeMember(database, 'Nora Sin Señal'))
  const toggle = page.getByRole('checkbox', { name: staff('kept.switch') })
  await page.getByRole('link', { name: /^PR-/u }).first().waitFor()
  await tour.show('equipo-guardar-apagado', page)
  await toggle.check()
  await page.getByText(/También se abre sin señal/u).waitFor()
  await tour.show('equipo-guardar-encendido', page)
  await offline(true)
  await open('/equipo/bandeja')
  await page
    .getByText(/^Lista de las/u)
    .first()
    .waitFor()
  await tour.show('equipo-bandeja-guardada', page)
  await openReview(page, sent.folio)
  await page.getByText(LONG_BODY).first().waitFor()
  await tour.show('equipo-revision-guardada', page)
  await decide(page, 'reject', { reason: 'off_topic', message: 'No trata del tema.' })
  await page.getByText(staff('status.saved')).waitFor()
  await database.query('update app.staff set active = false where name = $1', ['Nora Sin Señal'])
  await offline(false)
  await page.getByText(staff('refused.title')).waitFor()
  await page.reload() // an open page asks for its submission once a minute
  await page.getByText(staff('state.denied_title')).waitFor()
  await tour.show('equipo-decision-sin-permiso', page)
  await open('/equipo/bandeja')
  await heading(page, staff('norole.title')).waitFor()
  await tour.show('equipo-sin-permisos-con-decision', page)
  await close()
  await tourEmpty(tour)
}

/** A campaign without open submissions. */
async function tourEmpty({ network, database, phone, show }: Tour): Promise<void> {
  const name = 'Elsa Sin Nada'
  const member = await makeMember(database, name)
  await database.query(
    `update app.staff set convocatoria_id = (select c.id from app.convocatorias c where c.published
       and not exists (select from app.submissions s where s.convocatoria_id = c.id) limit 1) where name = $1`,
    [name],
  )
  const { page, open, offline, close } = await phone()
  await signIn(page, network.origin, member)
  await page.getByRole('checkbox', { name: staff('kept.switch') }).check()
  await page.getByText(/También se abre sin señal/u).waitFor()
  await offline(true)
  await open('/equipo/bandeja')
  await page.getByText(staff('kept.empty_todo')).waitFor()
  await show('equipo-bandeja-guardada-vacia', page)
  await close()
}
