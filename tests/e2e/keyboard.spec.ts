import { expect } from '@playwright/test'
import { readOpenCampaign } from './api'
import { choose, enter, tabTo, tick, type } from './keyboard'
import { onlyRowWith, uniqueBody } from './rows'
import { test } from './stage'
import { button, heading, untilFolio } from './steps'
import { propuestas, refusalText, shell } from './words'

test('a person can go from the landing page to the folio by keyboard alone, with a visible focus at every stop', async ({
  stage,
}) => {
  const campaign = await readOpenCampaign(stage.database)
  const body = uniqueBody()
  const { page, open, errors } = await stage.phone()
  const goOn = () => enter(page, button(page, propuestas('form.continue')))
  const arrived = async (title: string) => {
    await heading(page, title).waitFor()
    await expect.poll(() => heading(page, title).evaluate((h1) => document.activeElement === h1)).toBe(true)
  }
  await open()
  const card = page.getByRole('link', { name: campaign.heading }).first()
  await card.waitFor()
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe(shell('skip'))
  await page.keyboard.press('Enter')
  await enter(page, card)
  await arrived(campaign.heading)
  await enter(page, button(page, propuestas('convocatoria.write')))
  await arrived(propuestas('step.aviso.title'))
  await enter(page, button(page, propuestas('step.aviso.continue')))
  await arrived(propuestas('step.sobre.title'))
  await goOn() // nothing is chosen yet: the summary takes the focus and leads to the field
  const summary = page.getByRole('alert').filter({ hasText: propuestas('step.sobre.error') })
  await expect.poll(() => summary.evaluate((box) => document.activeElement === box)).toBe(true)
  await enter(page, summary.getByRole('link'))
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('about')
  await tick(page, page.getByRole('radio', { name: propuestas('part.missing') }))
  await goOn()
  await arrived(propuestas('step.texto.title'))
  await type(page, page.getByLabel(propuestas('step.texto.label')), 'corto')
  await goOn()
  const tooShort = page.getByRole('alert').filter({ has: page.getByRole('link') })
  await expect.poll(() => tooShort.evaluate((box) => document.activeElement === box)).toBe(true)
  await enter(page, tooShort.getByRole('link', { name: refusalText('body_too_short') }))
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('body')
  await page.keyboard.press('Control+A')
  await page.keyboard.type(body)
  await goOn()
  await arrived(propuestas('step.sobre-ti.title'))
  const radio = (name: 'named' | 'anonymous') =>
    page.getByRole('radio', { name: propuestas(`step.nombre.${name}`) })
  await choose(page, radio('named'), radio('anonymous'))
  await type(page, page.getByLabel(propuestas('step.sobre-ti.municipality')), 'Toluca')
  await goOn()
  await arrived(propuestas('step.permisos.title'))
  await tick(page, page.getByRole('checkbox').first())
  await goOn()
  await arrived(propuestas('step.revisa.title'))
  await enter(page, button(page, propuestas('step.revisa.send')))
  const folio = await untilFolio(page)
  await tabTo(page, page.getByRole('link', { name: propuestas('saved.next.open') }))
  expect(await onlyRowWith(stage.database, body)).toMatchObject({ folio, municipality: '15106' })
  expect(errors).toEqual([])
})
