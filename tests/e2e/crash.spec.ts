import { expect, type Page } from '@playwright/test'
import { newProfile } from '../support/browser'
import { readOpenCampaign } from './api'
import { untilReceived } from './arrivals'
import { uniqueBody } from './rows'
import { PATIENCE } from './patience'
import { test } from './stage'
import { answerAll, beginDraft, send, untilReadyOffline, untilSavedHere } from './steps'
import { propuestas, chips } from './words'

/** Makes every save of a draft write 4 MB more, as a slow disk takes its time. */
const slowDrafts = () => {
  const put = IDBObjectStore.prototype.put
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
    if (this.name === 'drafts') {
      put.call(this, { id: 'slow', bulk: crypto.randomUUID().repeat(120_000) })
      this.delete('slow')
    }
    return put.apply(this, given)
  }
}

/** The text on the screen and whether it is called saved, read in one step. */
const shownOn = (page: Page, saved: string) =>
  page.evaluate(
    (words) => ({
      text: document.querySelector('textarea')!.value,
      isSaved: !!document.querySelector('.saved > :not(.away)')?.textContent.includes(words),
    }),
    saved,
  )

test(
  'several drafts, one of them interrupted by kill −9 while typing, are still there with their text',
  { tag: '@long' },
  async ({ stage }) => {
    const campaign = await readOpenCampaign(stage.database)
    const first = await stage.phone(newProfile())
    await first.page.addInitScript(slowDrafts)
    await first.open()
    await untilReadyOffline(first.page)
    await first.offline(true)
    for (const text of ['Primer borrador, a medias', 'Segundo borrador, a medias']) {
      await first.open(`/c/${campaign.slug}`)
      await beginDraft(first.page)
      await first.page.getByRole('radio', { name: propuestas('part.missing') }).check()
      await first.page.getByRole('button', { name: propuestas('form.continue') }).click()
      await first.page.getByLabel(propuestas('step.texto.label')).pressSequentially(text)
      await first.page.getByText(propuestas('form.saved')).waitFor()
    }
    const typing = first.page
      .getByLabel(propuestas('step.texto.label'))
      .pressSequentially(` y sigo escribiendo ${'sin parar mientras se acaba la batería '.repeat(4)}`, {
        delay: 60,
      })
      .catch(() => undefined)
    let called = ''
    const looks = { ...PATIENCE, intervals: [5] }
    const look = async () => {
      const { text, isSaved } = await shownOn(first.page, propuestas('form.saved'))
      if (isSaved) called = text
      return called
    }
    await expect.poll(look, looks).toContain('sigo escribiendo')
    await first.kill9()
    await typing

    const again = await stage.phone(first.profile, { offline: true })
    await again.open('/envios')
    await again.page.getByText('Primer borrador, a medias').waitFor()
    await again.page.getByText(/^Segundo borrador, a medias/u).waitFor()
    await again.open(`/c/${campaign.slug}`)
    await again.page.getByText(propuestas('drafts.title', { count: 2 })).waitFor()
    await again.page
      .getByRole('link', { name: propuestas('drafts.continue') })
      .first()
      .click()
    const box = again.page.getByLabel(propuestas('step.texto.label'))
    expect((await box.inputValue()).startsWith(called), `called saved: ${called}`).toBe(true)
  },
)

test('a submission that the screen called saved is sent after kill −9, three times in a row', async ({
  stage,
}) => {
  const campaign = await readOpenCampaign(stage.database)
  const bodies = [uniqueBody(), uniqueBody(), uniqueBody()]
  let phone = await stage.phone(newProfile())
  await phone.open()
  await untilReadyOffline(phone.page)
  for (const body of bodies) {
    await phone.offline(true)
    await phone.open(`/c/${campaign.slug}`)
    await beginDraft(phone.page)
    await answerAll(phone.page, { body })
    await send(phone.page)
    await untilSavedHere(phone.page)
    await phone.kill9()
    phone = await stage.phone(phone.profile, { offline: true })
    await phone.open('/envios')
    await phone.page.getByText(chips('unsent')).first().waitFor()
  }
  await phone.offline(false)
  for (const body of bodies) {
    await untilReceived(phone.page, stage.database, body)
  }
})
