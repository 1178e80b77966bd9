import { expect } from '@playwright/test'
import { newProfile } from '../support/browser'
import { lettersTo } from './inbox'
import { seatsOf, untilSeats } from './jornadaRows'
import {
  addDay,
  fillRegistration,
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
import { test } from './stage'
import { button, link, openCampaign, untilReadyOffline, pathOf, sendTogether } from './steps'
import { jornadas } from './words'

test('a public servant registers for two days and gets seats, a folio, a letter and a pass that opens in airplane mode', async ({
  stage,
}) => {
  const series = await readSeries(stage.database)
  const days = [await addDay(stage.database, 10), await addDay(stage.database, 10)]
  const who = { ...somebody(days), need: 'Intérprete de lengua de señas' }
  const { page, open, offline, errors } = await stage.phone()
  await open()
  await openCampaign(page, series)
  await register(page, who)
  await openSeats(page)
  const seats = await untilSeats(stage.database, who.email)
  expect(seats.map(({ jornada_id, status }) => [jornada_id, status]).sort()).toEqual(
    days.map(({ id }) => [id, 'confirmed']).sort(),
  )
  await page.locator('strong', { hasText: HELD }).nth(1).waitFor()
  await expect.poll(async () => (await lettersTo(stage.network.origin, who.email)).length, PATIENCE).toBe(1)
  const [letter] = await lettersTo(stage.network.origin, who.email)
  expect(letter!.body).toContain(seats[0]!.folio)
  for (const { title } of days) expect(letter!.body).toContain(title)
  await offline(true)
  await link(page, jornadas('seat.pass')).first().click()
  await page.getByRole('img', { name: jornadas('pass.qr') }).waitFor()
  await page.reload()
  await page.getByRole('img', { name: jornadas('pass.qr') }).waitFor()
  await page.getByText(seats[0]!.folio).waitFor()
  await page.emulateMedia({ media: 'print' }) // on paper the pass is its day, its code and the institution's name
  await page.getByRole('img', { name: jornadas('pass.qr') }).waitFor()
  await expect(page.getByRole('banner')).toBeVisible()
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expect(button(page, jornadas('pass.calendar'))).toHaveCount(0)
  await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(255, 255, 255)')
  expect(errors).toEqual([])
})

test(
  'a registration that the screen called saved is sent once after kill −9',
  { tag: '@long' },
  async ({ stage }) => {
    const series = await readSeries(stage.database)
    const who = somebody([await addDay(stage.database, 10)])
    const phone = await stage.phone(newProfile())
    await phone.open()
    await untilReadyOffline(phone.page)
    await phone.open(`/c/${series.slug}`)
    await showSecondGroup(phone.page)
    await phone.page.getByText(who.days[0]!.title).waitFor()
    await phone.page.getByText(jornadas('registry.kept')).waitFor()
    await phone.offline(true)
    await register(phone.page, who)
    await untilSeatless(phone.page)
    await phone.kill9()
    const again = await stage.phone(phone.profile, { offline: true })
    await again.open('/envios')
    await again.page.locator('[data-chip]').first().waitFor()
    await again.offline(false)
    const seats = await untilSeats(stage.database, who.email)
    expect(seats).toMatchObject([{ status: 'confirmed', receipts: 1 }])
    await again.page.getByText(seats[0]!.folio).first().waitFor()
  },
)

test(
  'one draft sent from two tabs at once is one registration and one seat',
  { tag: '@long' },
  async ({ stage }) => {
    const series = await readSeries(stage.database)
    const who = somebody([await addDay(stage.database, 10)])
    const phone = await stage.phone()
    await phone.open(`/c/${series.slug}`)
    await fillRegistration(phone.page, who)
    const other = await phone.context.newPage()
    await other.goto(stage.network.origin + (await pathOf(phone.page)))
    const tabs = [phone.page, other]
    await Promise.all(tabs.map((page) => button(page, jornadas('step.revisa.send')).waitFor()))
    await sendTogether(tabs, jornadas)
    await Promise.all(tabs.map(openSeats))
    expect(await seatsOf(stage.database, who.email)).toMatchObject([{ status: 'confirmed', receipts: 1 }])
  },
)

test(
  'an answer lost after the commit takes no second seat, and the screen shows the first one',
  { tag: '@long' },
  async ({ stage }) => {
    const series = await readSeries(stage.database)
    const who = somebody([await addDay(stage.database, 10)])
    const phone = await stage.phone()
    await phone.open(`/c/${series.slug}`)
    await fillRegistration(phone.page, who)
    stage.network.loseAnswer('apply_ops', 2)
    await button(phone.page, jornadas('step.revisa.send')).click()
    await openSeats(phone.page)
    await untilSeat(phone.page, HELD)
    expect(await seatsOf(stage.database, who.email)).toMatchObject([{ status: 'confirmed', receipts: 1 }])
  },
)

test(
  'a body of a class without a group is found with the reason and cannot be chosen',
  { tag: '@long' },
  async ({ stage }) => {
    const series = await readSeries(stage.database)
    const { page, open } = await stage.phone()
    await open(`/c/${series.slug}`)
    await button(page, jornadas('convocatoria.write')).click()
    await button(page, jornadas('step.aviso.continue')).click()
    await page.getByRole('combobox').fill('fideicomizo becas')
    const option = page.getByRole('option', { name: 'Fideicomiso de ejemplo para becas' })
    await option.waitFor()
    expect(await option.getAttribute('aria-disabled')).toBe('true')
    expect(await option.textContent()).toContain('su tipo de institución no tiene grupo asignado')
    await option.click({ force: true })
    await page.keyboard.press('Enter')
    await button(page, jornadas('form.continue')).click()
    await page.getByRole('alert').getByText(jornadas('step.institucion.error')).waitFor()
  },
)
