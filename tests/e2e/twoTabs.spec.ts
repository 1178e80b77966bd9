import { expect } from '@playwright/test'
import saving from '@/i18n/es-MX/saving.json' with { type: 'json' }
import { readOpenCampaign } from './api'
import { uniqueBody } from './rows'
import { test } from './stage'
import { answerAuthor, arrive, beginDraft, button, chooseAbout, goOn, link, pathOf, send } from './steps'
import { propuestas } from './words'

test(
  'a second tab with the same draft follows it, says so, and says when it was sent',
  { tag: '@long' },
  async ({ stage }) => {
    const campaign = await readOpenCampaign(stage.database)
    const body = uniqueBody()
    const { page, context, open, errors } = await stage.phone()
    await open(`/c/${campaign.slug}`)
    await beginDraft(page)
    await chooseAbout(page, {})
    const box = page.getByLabel(propuestas('step.texto.label'))
    await box.fill('Que los talleres')
    await page.getByText(propuestas('form.saved')).waitFor()
    const other = await context.newPage()
    await other.goto(stage.network.origin + (await pathOf(page)))
    const otherBox = other.getByLabel(propuestas('step.texto.label'))
    await expect(otherBox).toHaveValue('Que los talleres')
    await box.fill(body)
    await expect(otherBox).toHaveValue(body)
    await other.getByText(saving['tab.followed']).waitFor()
    await otherBox.fill(`${body} Y algo más.`)
    await expect(box).toHaveValue(`${body} Y algo más.`)
    await goOn(page)
    await answerAuthor(page, {})
    await arrive(page, propuestas('step.permisos.title'))
    await page.getByRole('checkbox').first().check()
    await goOn(page)
    await arrive(page, propuestas('step.revisa.title'))
    await send(page)
    await other.getByText(saving['tab.sent']).waitFor()
    expect(await button(other, propuestas('form.continue')).count()).toBe(0)
    await link(other, propuestas('form.see_sent')).click()
    await other.waitForURL(/\/guardado\//u)
    expect(errors).toEqual([])
  },
)
