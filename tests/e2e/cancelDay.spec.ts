import { expect } from '@playwright/test'
import { newProfile } from '../support/browser'
import { registerMany } from './days'
import { lettersTo } from './inbox'
import { seatsOf, untilSeats } from './jornadaRows'
import {
  addDay,
  HELD,
  openSeats,
  readSeries,
  register,
  showSecondGroup,
  somebody,
  untilSeat,
  untilSeatless,
} from './jornadaSteps'
import { PATIENCE } from './patience'
import { openDay } from './rescheduleSteps'
import { test } from './stage'
import { makeMember } from './staffSteps'
import { button, heading, keepByLink, link, pathOf, untilReadyOffline } from './steps'
import { jornadas, jornadasStatus, refusalText, reschedule } from './words'

test(
  'a cancelled day reaches a phone with a registration in its outbox, and both people take another day',
  { tag: '@long' },
  async ({ stage }) => {
    const { database, network } = stage
    const series = await readSeries(database)
    const [day, other] = [await addDay(database, 5), await addDay(database, 5)]
    const [seated] = await registerMany(network.origin, database, day, 1)
    const who = somebody([day])
    const offline = await stage.phone(newProfile())
    await offline.open()
    await untilReadyOffline(offline.page)
    await offline.open(`/c/${series.slug}`)
    await showSecondGroup(offline.page)
    await offline.page.getByText(day.title).waitFor()
    await offline.page.getByText(jornadas('registry.kept')).waitFor()
    await offline.offline(true)
    await register(offline.page, who)
    await untilSeatless(offline.page)
    const saved = await pathOf(offline.page)
    await offline.close()
    network.down(false)

    const { page, errors } = await stage.phone()
    await openDay(page, network.origin, await makeMember(database, 'Carla Cancela', 'coordinator'), day)
    await link(page, reschedule('detail.cancel')).click()
    await page.locator('#reason').fill('La ponente enfermó.')
    await button(page, reschedule('form.review')).click()
    await heading(page, reschedule('review.title')).waitFor()
    await page.getByText(reschedule('seats.confirmed', { count: 1 }), { exact: true }).waitFor()
    await page.getByText(/Ver el correo para/u).click()
    await page.getByText('Puede tomar otro día de su grupo', { exact: false }).waitFor()
    await button(page, reschedule('review.send_cancel')).click()
    await page.getByText(reschedule('status.sent_cancel'), { exact: true }).waitFor()
    expect(errors).toEqual([])
    await expect
      .poll(async () => (await lettersTo(network.origin, seated!.email))[0]?.subject, PATIENCE)
      .toMatch(/^Se canceló una jornada/u)

    const again = await stage.phone(offline.profile)
    await again.open(saved)
    await heading(again.page, jornadas('saved.title.attention')).waitFor()
    await again.page.getByText(refusalText('jornada_cancelled')).waitFor()
    expect(await seatsOf(database, who.email)).toEqual([])
    await again.open(saved.replace('guardado', 'envios'))
    await button(again.page, jornadasStatus('refused.fix')).click()
    await again.page.getByText(jornadas('day.jornada_cancelled')).waitFor()
    await again.page.getByRole('checkbox', { name: other.title }).check()
    await button(again.page, jornadas('form.continue')).click()
    await heading(again.page, jornadas('step.revisa.title')).waitFor()
    await again.page.getByText(who.email).waitFor()
    await button(again.page, jornadas('step.revisa.send')).click()
    await openSeats(again.page)
    await untilSeat(again.page, HELD)
    expect(await untilSeats(database, who.email)).toMatchObject([
      { jornada_id: other.id, status: 'confirmed' },
    ])

    const phone = await stage.phone()
    await keepByLink(phone.page, network.origin, seated!)
    await untilSeat(phone.page, jornadas('seat.called_off'))
    await phone.page.getByText('La ponente enfermó.').waitFor()
    await button(phone.page, jornadas('instead.take_named', { day: other.title })).click()
    await untilSeat(phone.page, jornadas('seat.confirmed'))
    await phone.page.getByText(jornadas('instead.taken', { day: other.title })).waitFor()
    expect((await seatsOf(database, seated!.email)).map(({ status }) => status).sort()).toEqual([
      'cancelled',
      'confirmed',
    ])
    await phone.open(`/c/${series.slug}`)
    await showSecondGroup(phone.page)
    await phone.page.locator('s', { hasText: day.title }).waitFor()
  },
)
