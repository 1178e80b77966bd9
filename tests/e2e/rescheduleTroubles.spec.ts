import { expect } from '@playwright/test'
import { keptDay, registerMany } from './days'
import { addDay } from './jornadaSteps'
import {
  beginChange,
  changeLetters,
  confirmChange,
  moveByApi,
  openDay,
  untilChanged,
} from './rescheduleSteps'
import { PATIENCE } from './patience'
import { test } from './stage'
import { untilKept } from './phoneSteps'
import { makeMember, type Member } from './staffSteps'
import { button, heading, link } from './steps'
import { jornadasStaff, reschedule, staff } from './words'

let coordinator: Member

test.beforeAll(async ({ database }) => {
  coordinator = await makeMember(database, 'Carla Coordina', 'coordinator')
})

test(
  'a capacity below the taken seats is refused with their number, by the server and then by the form',
  { tag: '@long' },
  async ({ stage }) => {
    const day = await addDay(stage.database, 5)
    const { page } = await stage.phone()
    const tooSmall = page.getByRole('link', { name: reschedule('problem.capacity_too_small', { count: 2 }) })
    await openDay(page, stage.network.origin, coordinator, day)
    await beginChange(page)
    await registerMany(stage.network.origin, stage.database, day, 2) // the form's phone has not pulled these registrations
    await page.locator('#capacity').fill('1')
    await page.locator('#reason').fill('La sala es más chica.')
    await confirmChange(page)
    await page.getByText(reschedule('status.refused'), { exact: true }).waitFor()
    await page.goto(`${stage.network.origin}/equipo/bandeja`)
    await link(page, jornadasStaff('stuck.open_day')).click() // a refused change can be found from the queue
    await button(page, reschedule('status.fix')).click()
    await tooSmall.click()
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('capacity')
    expect(await page.locator('#reason').inputValue()).toBe('La sala es más chica.')
    await button(page, reschedule('form.review')).click() // the form now knows the number before sending
    await tooSmall.waitFor()
    await page.locator('#capacity').fill('2')
    await confirmChange(page)
    await untilChanged(page)
    expect(await keptDay(stage.database, day)).toMatchObject({ capacity: 2, sequence: 1 })
  },
)

test('a coordinator who sends second sees both changes and keeps the other’s unrelated ones', async ({
  stage,
}) => {
  const day = await addDay(stage.database, 5)
  const { page } = await stage.phone()
  await openDay(page, stage.network.origin, coordinator, day)
  await beginChange(page)
  await moveByApi(stage.network.origin, stage.database, day, { place: 'Biblioteca' })
  await page.locator('#capacity').fill('9')
  await page.locator('#reason').fill('Nos prestan más sillas.')
  await confirmChange(page)
  await page.getByText(reschedule('conflict.title')).waitFor()
  await page.getByText('Biblioteca').first().waitFor()
  await page.getByText(reschedule('value.capacity', { count: 9 })).waitFor()
  expect(await keptDay(stage.database, day)).toMatchObject({ sequence: 1, capacity: 5, place: 'Biblioteca' })
  await button(page, staff('both.keep_mine')).click()
  await heading(page, reschedule('review.title')).waitFor()
  expect(await page.getByText('Biblioteca').count()).toBe(0)
  await button(page, reschedule('review.send')).click()
  await untilChanged(page)
  expect(await keptDay(stage.database, day)).toMatchObject({ sequence: 2, capacity: 9, place: 'Biblioteca' })
})

test(
  'an unsent change survives a reload, and a change made meanwhile is shown before anything is sent',
  { tag: '@long' },
  async ({ stage }) => {
    const day = await addDay(stage.database, 5)
    const { page } = await stage.phone()
    await openDay(page, stage.network.origin, coordinator, day)
    await beginChange(page)
    await page.locator('#place').fill('Explanada')
    await untilKept(page, 'meta', 'Explanada')
    await moveByApi(stage.network.origin, stage.database, day, { place: 'Biblioteca' })
    await page.reload()
    await page.getByText(reschedule('conflict.title')).waitFor()
    await page.getByText('Explanada').waitFor()
    await button(page, staff('both.keep_theirs')).click()
    await link(page, reschedule('detail.change')).click()
    expect(await page.locator('#place').inputValue()).toBe('Biblioteca')
    expect(await keptDay(stage.database, day)).toMatchObject({ sequence: 1, place: 'Biblioteca' })
  },
)

test(
  'without signal a change is saved on the phone, and it is applied once although its answer is lost',
  { tag: '@long' },
  async ({ stage }) => {
    const { database, network } = stage
    const day = await addDay(database, 5)
    const [person] = await registerMany(stage.network.origin, stage.database, day, 1)
    const { page, offline } = await stage.phone()
    await openDay(page, stage.network.origin, coordinator, day)
    await beginChange(page)
    await offline(true)
    await page.locator('#place').fill('Casa de cultura')
    await page.locator('#reason').fill('La sala estará en obras.')
    await confirmChange(page)
    await page.getByText(reschedule('status.saved'), { exact: true }).waitFor()
    expect(await keptDay(stage.database, day)).toMatchObject({ sequence: 0, place: 'Auditorio de prueba' })
    network.loseAnswer('apply_ops')
    await offline(false)
    await untilChanged(page)
    await page.getByText(reschedule('status.sent_told', { count: 1 })).waitFor()
    expect(await keptDay(stage.database, day)).toMatchObject({ sequence: 1, place: 'Casa de cultura' })
    await expect
      .poll(async () => (await changeLetters(stage.network.origin, person!.email)).length, PATIENCE)
      .toBe(1)
    const { rows } = await database.query('select 1 from app.jornada_changes where jornada_id = $1', [day.id])
    expect(rows).toHaveLength(1)
  },
)

test('a moderator sees a day and cannot change it', { tag: '@long' }, async ({ stage }) => {
  const day = await addDay(stage.database, 5)
  const moderator = await makeMember(stage.database, 'Marta Modera')
  const { page } = await stage.phone()
  await openDay(page, stage.network.origin, moderator, day)
  await page.getByText(reschedule('detail.read_only')).waitFor()
  expect(await link(page, reschedule('detail.change')).count()).toBe(0)
  await page.goto(`${stage.network.origin}/equipo/jornadas/${day.id}/cambiar?paso=datos`)
  await page.getByText(reschedule('detail.read_only')).waitFor()
  expect(await page.locator('#place').count()).toBe(0)
})
