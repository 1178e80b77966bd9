import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { type Day, dayFromNow, makeDay, registerByApi } from './days'
import { lettersTo } from './inbox'
import { PATIENCE, useStage } from './stage'
import { makeMember, type Member, signIn } from './staffSteps'
import { button, heading, keepByLink, link } from './steps'
import { jornadas, reschedule } from './words'

const stage = useStage()
let coordinator: Member

beforeAll(async () => {
  coordinator = await makeMember(stage.database, 'Carla Coordina', 'coordinator')
})

const kept = async ({ id }: Day) =>
  (
    await stage.database.query<{
      sequence: number
      on_day: string
      place: string
      hours: string
      capacity: number
    }>(
      `select sequence, on_day::text, place, capacity,
         to_char(starts_at at time zone 'America/Mexico_City', 'HH24:MI') || '-'
         || to_char(ends_at at time zone 'America/Mexico_City', 'HH24:MI') as hours
       from app.jornadas where id = $1`,
      [id],
    )
  ).rows[0]!

/** Signs in and opens the day. */
async function openDay(page: Page, day: Day): Promise<void> {
  await signIn(page, stage.network.origin, coordinator)
  await page.goto(`${stage.network.origin}/equipo/jornadas/${day.id}/cambiar`)
  await heading(page, day.title).waitFor()
}

/** From the day to its form. */
async function beginChange(page: Page): Promise<void> {
  await link(page, reschedule('detail.change')).click()
  await heading(page, reschedule('form.title')).waitFor()
}

/** From the form through the review, until it is saved. */
async function confirm(page: Page): Promise<void> {
  await button(page, reschedule('form.review')).click()
  await heading(page, reschedule('review.title')).waitFor()
  await button(page, reschedule('review.send')).click()
  await page.waitForURL((url) => !url.searchParams.has('paso'))
}

const letters = async (email: string) =>
  (await lettersTo(stage.network.origin, email)).filter(({ subject }) =>
    subject.startsWith('Cambió una jornada'),
  )

/** The calendar file that the pass on the screen gives. */
async function calendarFile(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, jornadas('pass.calendar')).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

test('a new date and place reach everybody who has a seat: by letter, on the status page, in the calendar', async () => {
  const { database, network } = stage
  const day = await makeDay(database, 5)
  const people = [
    await registerByApi(network.origin, database, day),
    await registerByApi(network.origin, database, day),
  ]
  const citizen = await stage.phone()
  await keepByLink(citizen.page, network.origin, people[0]!)
  await link(citizen.page, jornadas('seat.pass')).click()
  const before = await calendarFile(citizen.page)

  const { page, errors } = await stage.phone(undefined, { timezone: 'Asia/Tokyo' })
  await openDay(page, day)
  await page.getByText(reschedule('seats.confirmed', { count: 2 })).waitFor()
  await beginChange(page)
  const moved = await dayFromNow(database, 27)
  await page.locator('#on_day').fill(moved)
  await page.locator('#starts_at').fill('17:30')
  await page.locator('#ends_at').fill('19:00')
  await page.locator('#place').fill('Casa de cultura')
  await page.locator('#reason').fill('La sala estará en obras.')
  await confirm(page)
  await page.getByText(reschedule('status.sent'), { exact: true }).waitFor()
  await page.getByText(reschedule('status.sent_told', { count: 2 })).waitFor()
  expect(await kept(day)).toMatchObject({
    sequence: 1,
    on_day: moved,
    hours: '17:30-19:00',
    place: 'Casa de cultura',
  })
  expect(errors).toEqual([])

  for (const { email } of people) {
    await expect.poll(async () => (await letters(email)).length, PATIENCE).toBe(1)
    const [letter] = await letters(email)
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
  expect(before).toContain('SEQUENCE:0\r\n')
  expect(after).toContain('SEQUENCE:1\r\n')
  expect(after).toContain(`DTSTART:${moved.replaceAll('-', '')}T233000Z`)
})
