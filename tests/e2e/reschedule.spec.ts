import { expect, type Page } from '@playwright/test'
import { registerMany } from './days'
import { addDay } from './jornadaSteps'
import { lettersTo } from './inbox'
import { beginChange, openDay, untilChanged } from './rescheduleSteps'
import { PATIENCE } from './patience'
import { test } from './stage'
import { makeMember, type Member } from './staffSteps'
import { button, keepByLink } from './steps'
import { jornadas, reschedule } from './words'

let coordinator: Member

test.beforeAll(async ({ database }) => {
  coordinator = await makeMember(database, 'Carla Coordina', 'coordinator')
})

/** The calendar file that a button downloads. */
async function calendarFile(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

test(
  'a raised capacity confirms the first in line, who alone gets a letter',
  { tag: '@long' },
  async ({ stage }) => {
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
  },
)

test(
  'cancelling a day offers a newer calendar file that removes the same event',
  { tag: '@long' },
  async ({ stage }) => {
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
  },
)
