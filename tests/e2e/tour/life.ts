/** The dialogs of a published campaign's life, walked through with the keyboard alone, and its page after each act. */
import { enter, tabTo, type } from '../keyboard'
import { makeDraft, publishDraft } from '../ownCampaign'
import { makeMember, signIn } from '../staffSteps'
import { button, heading } from '../steps'
import { campaigns } from '../words'
import type { Tour } from './tour'

type Act = 'pause' | 'resume' | 'close' | 'reopen' | 'retire'

export async function tourLife(tour: Tour): Promise<void> {
  const { network, database } = tour
  const coordinator = await makeMember(database, 'Carla Coordina', 'coordinator')
  const campaign = await makeDraft(database)
  await publishDraft(network.origin, coordinator, campaign)
  await database.query(
    `update app.convocatorias set opens_at = now() - interval '1 day', closes_at = now() + interval '9 days', inputs_on = null
     where id = $1`,
    [campaign.id],
  )
  const { page, open, close } = await tour.phone()
  await signIn(page, network.origin, coordinator)
  await open(`/equipo/campanas/${campaign.id}?seccion=publicar`)
  const dialog = page.getByRole('dialog')

  /** Opens the dialog, shows it, fills it and confirms. Its first answer is a refusal, because the reason is missing. */
  async function act(one: Act, fill?: () => Promise<void>): Promise<void> {
    await enter(page, button(page, campaigns(`life.${one}`)))
    await dialog.getByRole('heading', { name: campaigns(`life.${one}_title`) }).waitFor()
    const confirm = dialog.getByRole('button', { name: campaigns(`life.${one}`), exact: true })
    if (one === 'pause' || one === 'reopen') {
      await enter(page, confirm)
      await dialog.getByRole('alert').getByText(/\w/u).waitFor()
    }
    await tour.show(`equipo-campana-vida-${one}`, page)
    await fill?.()
    await type(page, dialog.locator('#life-reason'), 'Corregimos el aviso de privacidad.')
    await enter(page, confirm)
    await page.getByText(campaigns(`life.${one}_done`)).waitFor()
  }
  await act('pause')
  await act('resume')
  await act('close')
  const { rows } = await database.query<{ day: string }>(
    `select (app.local_day(app.now()) + 12)::text as day`,
  )
  await act('reopen', async () => {
    await tabTo(page, dialog.locator('#life-day'))
    await dialog.locator('#life-day').fill(rows[0]!.day) // what is typed depends on the language of the browser
  })
  await act('retire')
  await tour.show('equipo-campana-retirada', page)
  await open(`/c/${campaign.slug}`)
  await heading(page, campaign.title).waitFor()
  await tour.show('campana-retirada', page)
  await close()
}
