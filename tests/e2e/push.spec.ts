/** A push that comes to a phone: the worker shows it, whatever page is open, and a tap leads to what the phone sent. */
import { expect } from '@playwright/test'
import { readOpenCampaign, submitByApi } from './api'
import { PATIENCE } from './patience'
import { uniqueBody } from './rows'
import { test } from './stage'
import { keepByLink, link, pathOf } from './steps'
import { deliverPush, tapNotification } from '../support/worker'

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
  await deliverPush(await phone.context.newPage(), origin, JSON.stringify(words))
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
  await expect.poll(shown, PATIENCE).toEqual([{ ...words, tag: 'news' }])

  const opened = await tapNotification(phone.context, phone.page)
  await opened.waitForURL(/\/envios$/u)
  expect(await pathOf(opened)).toBe('/envios')
  await link(opened, sent.folio).or(opened.getByText(sent.folio)).first().waitFor()
  expect(await shown(), 'a tap takes the notification away').toEqual([])
  expect(phone.errors).toEqual([])
})
