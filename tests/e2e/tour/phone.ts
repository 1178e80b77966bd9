/** A phone's data: the file, an evicted database, a damaged row, and reloading everything. */
import { frame, folio, phone as words } from '../words'
import { evict, putRows } from '../phoneSteps'
import { beginDraft, button, chooseAbout, untilFolio, untilQuiet, writeAndSend } from '../steps'
import { LONG_BODY, type Tour } from './tour'

const fileOf = (text: string) => ({
  name: 'borradores.json',
  mimeType: 'application/json',
  buffer: Buffer.from(text),
})

export async function tourPhone(tour: Tour): Promise<void> {
  const { page, context, open, offline, close } = await tour.phone()
  await open()
  await untilQuiet(page)
  await open('/ajustes/archivo')
  await page.getByText(words('file.empty')).waitFor()
  await tour.show('archivo-vacio', page)
  await open(`/c/${tour.campaign.slug}`)
  await writeAndSend(page, { body: LONG_BODY })
  await untilFolio(page)
  await open(`/c/${tour.campaign.slug}`)
  await beginDraft(page)
  await chooseAbout(page, {})
  await open('/ajustes/archivo')
  await page.getByRole('checkbox').check()
  await tour.show('archivo-con-enlaces', page)
  const downloading = page.waitForEvent('download')
  await button(page, words('file.save.do')).click()
  const path = await (await downloading).path()
  await page.locator('input[data-file=take]').setInputFiles(path)
  await page.getByText(words('take.done')).waitFor()
  await tour.show('archivo-traido', page)
  await page.locator('input[data-file=take]').setInputFiles(fileOf('{}'))
  await page.getByText(words('take.failed')).waitFor()
  await tour.show('archivo-ajeno', page)
  await open('/ajustes')
  await button(page, words('reload.do')).click()
  await page.getByText(words('reload.done')).waitFor()
  await tour.show('ajustes-recargado', page)
  await offline(true)
  await button(page, words('reload.do')).click()
  await page.getByText(words('reload.unreachable')).waitFor()
  await tour.show('ajustes-recargar-sin-senal', page)
  await offline(false)
  await putRows(page, 'drafts', [{ id: 'no-fields' }])
  await open('/envios')
  await page.getByText(folio('damaged.drafts')).waitFor()
  await tour.show('envios-danado', page)
  await evict(context, page, tour.network.origin)
  await open('/')
  await page.getByText(frame('lost.title')).waitFor()
  await tour.show('inicio-borrado', page)
  await open('/ajustes/borrado')
  await page.getByText(words('lost.gone')).waitFor()
  await tour.show('borrado', page)
  await open('/envios')
  await page.getByText(folio('list.lost')).first().waitFor()
  await tour.show('envios-borrado', page)
  await close()
}
