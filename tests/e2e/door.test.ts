import { expect, test } from 'vitest'
import { arrivalOf, makeDay, markGuest, openDay, registerGuest } from './doorSteps'
import { PATIENCE, useStage } from './stage'
import { makeMember, signIn } from './staffSteps'
import { heading, link } from './steps'
import { door, people } from './words'

const stage = useStage()

test('a volunteer lands at the door, sees only her day, and marks by a folio typed without hyphens', async () => {
  const day = await makeDay(stage.database, 'Jornada de la voluntaria')
  const other = await makeDay(stage.database, 'Jornada de alguien más')
  const guest = await registerGuest(stage.network.origin, stage.database, 'Núñez Peña, Íñigo', [day, other])
  await registerGuest(stage.network.origin, stage.database, 'Zoe Zamora', [day])
  const volunteer = await makeMember(stage.database, 'Vera Voluntaria', 'door', day.id)
  const { page, errors } = await stage.phone()
  await signIn(page, stage.network.origin, volunteer)
  await heading(page, door('days.title')).waitFor()
  await link(page, day.title).waitFor()
  expect(await page.getByRole('article').count()).toBe(1)
  expect(await link(page, people('nav.queue')).count()).toBe(0)
  await openDay(page, day)
  await page.getByText(door('list.count', { arrived: 0, seats: 2 })).waitFor()

  await page.getByLabel(door('search.label')).fill('inigo nun')
  await page.getByText(door('search.count', { count: 1 })).waitFor()
  await markGuest(page, guest.folio.replaceAll('-', '').toLowerCase(), guest)
  await page.getByText(door('list.count', { arrived: 1, seats: 2 })).waitFor()
  await expect
    .poll(() => arrivalOf(stage.database, guest, day), PATIENCE)
    .toMatchObject({ status: 'attended', version: 2 })
  expect(await arrivalOf(stage.database, guest, other)).toMatchObject({ status: 'confirmed' })
  await page.goto(`${stage.network.origin}/equipo/puerta/${other.id}`)
  await page.getByText(door('day.denied_title')).waitFor()
  await page.goto(`${stage.network.origin}/equipo/bandeja`)
  await heading(page, door('days.title')).waitFor()
  expect(errors).toEqual([])
})
