import { expect, type Page } from '@playwright/test'
import { dayFromNow, keptDay, registerMany } from './days'
import { addDay } from './jornadaSteps'
import { lettersTo } from './inbox'
import { beginChange, changeLetters, confirmChange, openDay, untilChanged } from './rescheduleSteps'
import { PATIENCE } from './patience'
import { test } from './stage'
import { makeMember, type Member } from './staffSteps'
import { button, keepByLink, link } from './steps'
import { jornadas, reschedule } from './words'

let coordinator: Member

test.beforeAll(async ({ database }) => {
  coordinator = await makeMember(database, 'Carla Coordina', 'coordinator')
})

/** The calendar file that a button downloads. */
async function calendarFile(page: Page, name = jornadas('pass.calendar')): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

test('a new date and place reach everybody with a seat in a letter, on the status page and in the calendar file', async ({
  stage,
}) => {
  const { database, network } = stage
  const day = await addDay(database, 5)
  const people = await registerMany(stage.network.origin, stage.database, day, 2)
  const citizen = await stage.phone()
  await keepByLink(citizen.page, network.origin, people[0]!)
  await link(citizen.page, jornadas('seat.pass')).click()
  const before = await calendarFile(citizen.page)

  const { page, errors } = await stage.phone(undefined, { timezone: 'Asia/Tokyo' })
  await openDay(page, stage.network.origin, coordinator, day)
  await page.getByText(reschedule('seats.confirmed', { count: 2 })).waitFor()
  await beginChange(page)
  const moved = await dayFromNow(database, 27)
  await page.locator('#on_day').fill(moved)
  await page.locator('#starts_at').fill('17:30')
  await page.locator('#ends_at').fill('19:00')
  await page.locator('#place').fill('Casa de cultura')
  await page.locator('#reason').fill('La sala estará en obras.')
  await confirmChange(page)
  await untilChanged(page)
  await page.getByText(reschedule('status.sent_told', { count: 2 })).waitFor()
  expect(await keptDay(stage.database, day)).toMatchObject({
    sequence: 1,
    on_day: moved,
    hours: '17:30-19:00',
    place: 'Casa de cultura',
  })
  expect(errors).toEqual([])

  for (const { email } of people) {
    await expect.poll(async () => (await changeLetters(stage.network.origin, email)).length, PATIENCE).toBe(1)
    const [letter] = await changeLetters(stage.network.origin, email)
    expect(letter!.body).toContain('Casa de cultura')
    expect(letter!.body).toContain('La sala estará en obras.')
  }

  await citizen.open(`/envios/${people[0]!.id}`)
  await citizen.page.getByText('17:30').first().waitFor()
  await link(citizen.page, jornadas('seat.pass')).click()
  await citizen.page.getByText('Casa de cultura').first().waitFor()
  const after = await calendarFile(citizen.page)
  const uid = /^UID:.*$/mu
  expect(uid.exec(after)![0]).toBe(uid.exec(before)![0])
  const sequenceOf = (file: string) => Number(/^SEQUENCE:(\d+)/mu.exec(file)![1])
  expect(sequenceOf(after)).toBeGreaterThan(sequenceOf(before))
  expect(after).toContain(`DTSTART:${moved.replaceAll('-', '')}T233000Z`)
})

test('a raised capacity confirms the first in line, who alone gets a letter', async ({ stage }) => {
  const { database, network } = stage
  const day = await addDay(database, 1)
  const [first, second, third] = await registerMany(stage.network.origin, stage.database, day, 3)
  const { page } = await stage.phone()
  await openDay(page, stage.network.origin, coordinator, day)
  await page.getByText(reschedule('seats.waiting', { count: 2 })).waitFor()
  await beginChange(page)
  await page.locator('#capacity').fill('2')
  await page.locator('#reason').fill('Nos prestan más sillas.')
  await button(page, reschedule('form.review')).click()
  await page.getByText(reschedule('review.told_capacity')).waitFor()
  await page.getByText(reschedule('review.promoted', { count: 1 })).waitFor()
  await button(page, reschedule('review.send')).click()
  await untilChanged(page)
  await page.getByText(reschedule('status.sent_promoted', { count: 1 })).waitFor()
  const { rows } = await database.query<{ status: string }>(
    'select status from app.seats where jornada_id = $1 order by position',
    [day.id],
  )
  expect(rows.map(({ status }) => status)).toEqual(['confirmed', 'confirmed', 'waiting'])
  const subjects = async (email: string) =>
    (await lettersTo(network.origin, email)).map(({ subject }) => subject.replace(/:.*/u, ''))
  await expect
    .poll(() => subjects(second!.email), PATIENCE)
    .toEqual(['Su lugar está confirmado', 'Recibimos su inscripción'])
  expect(await subjects(first!.email)).toEqual(['Recibimos su inscripción'])
  expect(await subjects(third!.email)).toEqual(['Recibimos su inscripción'])
})

test('cancelling a day offers a newer calendar file that removes the same event', async ({ stage }) => {
  const { database, network } = stage
  const day = await addDay(database, 5)
  const [person] = await registerMany(stage.network.origin, stage.database, day, 1)
  const { page } = await stage.phone()
  await keepByLink(page, network.origin, person!)
  await button(page, jornadas('seat.cancel')).click()
  await button(page, jornadas('seat.cancel.confirm')).click()
  const file = await calendarFile(page, jornadas('seat.calendar_remove'))
  expect(file.replaceAll('\r\n ', '')).toContain(`.${day.id}@`)
  expect(file).toContain('METHOD:CANCEL\r\n')
  expect(Number(/^SEQUENCE:(\d+)/mu.exec(file)![1])).toBeGreaterThan(1) // the registration had the first version
})
