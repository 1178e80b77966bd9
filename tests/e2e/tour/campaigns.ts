/** The screens of the campaign editor: the list, each step, the review, and errors. */
import { makeMember, signIn } from '../staffSteps'
import { button, heading, link } from '../steps'
import { campaigns, people, staff } from '../words'
import type { Tour } from './tour'

export async function tourCampaigns(tour: Tour): Promise<void> {
  const { network, database, campaign } = tour
  const coordinator = await makeMember(database, 'Carla Coordina', 'coordinator')
  const { page, open, offline, close } = await tour.phone()
  await signIn(page, network.origin, coordinator)
  await link(page, people('nav.campaigns')).click()
  await page.getByRole('link', { name: campaign.title }).first().waitFor()
  await tour.show('equipo-campanas', page)
  await open('/equipo/campanas/nueva')
  await button(page, campaigns('edit.continue')).click()
  await page.getByRole('alert').first().waitFor()
  await tour.show('equipo-campana-textos-error', page)
  const { rows } = await database.query<{ id: string }>('select id from app.convocatorias where slug = $1', [
    campaign.slug,
  ])
  const address = `/equipo/campanas/${rows[0]!.id}`
  for (const step of ['textos', 'fechas', 'calendario', 'aviso', 'revisar'] as const) {
    await open(`${address}?paso=${step}`)
    await heading(page, campaigns(`step.${step}`)).waitFor()
    await tour.show(`equipo-campana-${step}`, page)
  }
  await open(`${address}?paso=aviso`)
  await button(page, campaigns('notice.write')).click()
  await page.locator('#simplified').waitFor()
  await tour.show('equipo-campana-aviso-nuevo', page)
  await button(page, campaigns('edit.to_review')).click()
  await page.getByText(campaigns('edit.kept')).waitFor()
  await database.query(
    `update app.convocatorias set version = version + 1, who_decides = 'El pleno del instituto.' where id = $1`,
    [rows[0]!.id],
  )
  await button(page, campaigns('review.save_public')).click()
  await page.getByText(campaigns('conflict.title')).waitFor()
  await tour.show('equipo-campana-conflicto', page)
  await button(page, staff('both.keep_theirs')).click()
  await offline(true)
  await open(address).catch(() => undefined)
  await page.getByText(campaigns('edit.offline')).waitFor()
  await tour.show('equipo-campana-sin-conexion', page)
  await close()
}
