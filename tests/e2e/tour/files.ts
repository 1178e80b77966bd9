/** The files of a consultation as people open them: a PDF, a picture, a recording and figures, with the keyboard alone. */
import { fileItems, sendFiles } from '../../../supabase/local/demo/studio'
import { Phone } from '../../../supabase/local/demo/phone'
import { TEST_KEYS } from '../../support/keys'
import { signInByApi } from '../api'
import { runFileJobs } from '../fileJobs'
import { enter, tabTo } from '../keyboard'
import { makeDraft, publishDraft } from '../ownCampaign'
import { makeMember } from '../staffSteps'
import { button, heading } from '../steps'
import { insumos } from '../words'
import type { Tour } from './tour'

export async function tourFiles(tour: Tour): Promise<void> {
  const { network, database } = tour
  const coordinator = await makeMember(database, 'Carla Coordina', 'coordinator')
  const items = fileItems()
  const campaign = await makeDraft(database, { insumos: { items } })
  const token = await signInByApi(network.origin, coordinator)
  await sendFiles(new Phone(network.origin, TEST_KEYS.jobsSecret), token, campaign.id)
  await publishDraft(network.origin, coordinator, campaign)
  await runFileJobs(network.origin)

  const { page, open, close } = await tour.phone()
  const [sheet, picture, recording, figures] = items
  const visit = async ({ id, title }: { id: string; title: string }) => {
    await open(`/c/${campaign.slug}/insumo/${id}`)
    await heading(page, title).waitFor()
  }
  await visit(sheet!)
  await tabTo(page, page.getByRole('link', { name: /^Descargar/u }))
  await tour.show('insumo-pdf', page)
  await visit(picture!)
  await enter(page, button(page, insumos('image.zoom')))
  await tabTo(page, button(page, insumos('image.fit')))
  await tour.show('insumo-imagen-ampliada', page)
  await visit(recording!)
  await tabTo(page, page.locator('audio'))
  await tour.show('insumo-audio', page)
  await visit(figures!)
  await tabTo(page, page.getByRole('region', { name: insumos('figures.table') }))
  await tour.show('insumo-cifras', page)
  await close()
}
