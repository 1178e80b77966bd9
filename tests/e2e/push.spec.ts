/** A push that comes to a phone: the worker shows it, whatever page is open. */
import { expect } from '@playwright/test'
import { PATIENCE } from './patience'
import { test } from './stage'
import { deliverPush } from '../support/worker'

test('a push is shown by the worker with the words it came with', async ({ stage }) => {
  const phone = await stage.phone(undefined, { notifications: true })
  await phone.open()
  const origin = new URL(phone.page.url()).origin
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
})
