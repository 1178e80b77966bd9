/** A push that comes to a phone: the worker shows it, whatever page is open, and a tap leads to what the phone sent. */
import { expect } from '@playwright/test'
import { readOpenCampaign, submitByApi } from './api'
import { PATIENCE } from './patience'
import { uniqueBody } from './rows'
import { test } from './stage'
import { keepByLink, link, pathOf } from './steps'
import { tapNotification, watchPushes } from '../support/worker'

test('a push is shown by the worker with the words it came with, and a tap on it opens the list with the folio', async ({
  stage,
}) => {
  const { origin } = stage.network
  const sent = await submitByApi(origin, await readOpenCampaign(stage.database), uniqueBody())
  const phone = await stage.phone(undefined, { notifications: true })
  await keepByLink(phone.page, origin, sent)
  await phone.context.grantPermissions(['notifications'], { origin })
  await phone.page.evaluate(async () => void (await navigator.serviceWorker.ready))
  const words = { title: 'Instituto', body: 'Hay una novedad en uno de tus envíos.', lang: 'es-MX' }
  const deliver = await watchPushes(await phone.context.newPage(), origin)
  const shown = () =>
    phone.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      return (await registration.getNotifications()).map(({ title, body, lang, tag }) => ({
        title,
        body,
        lang,
        tag,
      }))
    })
  // a browser that was given a push while its worker started may lose it; a second one with the same tag shows nothing twice
  const shownAfterPush = async () => {
    if ((await shown()).length === 0) await deliver(JSON.stringify(words))
    return await shown()
  }
  await expect
    .poll(shownAfterPush, { ...PATIENCE, intervals: [2000, 10_000] })
    .toEqual([{ ...words, tag: 'news' }])

  const opened = await tapNotification(phone.context, phone.page)
  await opened.waitForURL(/\/envios$/u)
  expect(await pathOf(opened)).toBe('/envios')
  await link(opened, sent.folio).or(opened.getByText(sent.folio)).first().waitFor()
  expect(await shown(), 'a tap takes the notification away').toEqual([])
  expect(phone.errors).toEqual([])
})
