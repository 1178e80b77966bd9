import { expect, type Page } from '@playwright/test'
import { newProfile } from '../support/browser'
import {
  arrivalOf,
  camerasOn,
  findGuest,
  giveReader,
  makeDay,
  markGuest,
  openDay,
  registerGuest,
  showCode,
  untilLooked,
} from './doorSteps'
import { tablesWith } from './phoneSteps'
import { PATIENCE } from './patience'
import { test } from './stage'
import { makeMember, openPart, signIn } from './staffSteps'
import { button, heading, link } from './steps'
import { door, jornadasStaff, people, staff } from './words'

test('a volunteer arrives at the door, sees only her day, checks a guest in by a folio typed without hyphens, and undoes it', async ({
  stage,
}) => {
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
  await page.getByText(/^Registrado a las/u).waitFor() // the phone has the answer
  expect(await page.getByText(door('chip.unsent')).count()).toBe(0)
  await expect
    .poll(() => arrivalOf(stage.database, guest, day), PATIENCE)
    .toMatchObject({ status: 'attended', version: 2 })
  expect(await arrivalOf(stage.database, guest, other)).toMatchObject({ status: 'confirmed' })

  await findGuest(page, guest.folio, guest) // it was a mistake
  await button(page, door('undo.open')).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: door('undo.yes') })
    .click()
  await page.getByText(door('list.count', { arrived: 0, seats: 2 })).waitFor()
  await expect
    .poll(() => arrivalOf(stage.database, guest, day), PATIENCE)
    .toMatchObject({ status: 'confirmed', checked_in_at: null, version: 3 })
  await page.goto(`${stage.network.origin}/equipo/puerta/${other.id}`)
  await page.getByText(door('day.denied_title')).waitFor()
  await page.goto(`${stage.network.origin}/equipo/bandeja`)
  await heading(page, door('days.title')).waitFor()
  expect(errors).toEqual([])
})

/** Waits until the day's page says that it opens without signal. */
const untilKept = (page: Page) => page.getByText(/También se abre sin señal/u).waitFor()

test('without signal the door page reloads, checks guests in and survives kill −9, and each check-in is sent once with its own time', async ({
  stage,
}) => {
  const day = await makeDay(stage.database, 'Jornada sin señal')
  const [ana, luz] = [
    await registerGuest(stage.network.origin, stage.database, 'Ana Sin Señal', [day]),
    await registerGuest(stage.network.origin, stage.database, 'Luz Sin Señal', [day]),
  ]
  const volunteer = await makeMember(stage.database, 'Vera Desconectada', 'door', day.id)
  const first = await stage.phone(newProfile())
  await signIn(first.page, stage.network.origin, volunteer)
  await openDay(first.page, day)
  await untilKept(first.page)
  await first.offline(true)
  await first.open(`/equipo/puerta/${day.id}`)
  await first.page.getByText(/la última vez con señal/u).waitFor()
  await markGuest(first.page, ana.folio, ana)
  await first.page.getByText(door('chip.unsent')).waitFor()
  const before = Date.now()
  await first.kill9()

  const phone = await stage.phone(first.profile, { offline: true })
  await phone.open(`/equipo/puerta/${day.id}`)
  await phone.page.getByText(door('list.count', { arrived: 1, seats: 2 })).waitFor()
  await phone.page.getByText(door('chip.unsent')).waitFor()
  await markGuest(phone.page, 'luz', luz)
  await phone.page.getByText(door('list.unsent', { count: 2 })).waitFor()
  await phone.page.reload()
  await phone.page.getByText(door('list.unsent', { count: 2 })).waitFor()
  expect(await arrivalOf(stage.database, ana, day)).toMatchObject({ status: 'confirmed', version: 1 })

  stage.network.loseAnswer('apply_ops') // committed, and the answer is lost
  await phone.offline(false)
  await expect
    .poll(() => arrivalOf(stage.database, ana, day), PATIENCE)
    .toMatchObject({ status: 'attended', version: 2 })
  await expect.poll(() => phone.page.getByText(door('chip.unsent')).count(), PATIENCE).toBe(0)
  expect(await phone.page.locator('[data-chip=attended]').count()).toBe(2)
  for (const guest of [ana, luz])
    expect(await arrivalOf(stage.database, guest, day)).toMatchObject({ status: 'attended', version: 2 })
  const { checked_in_at } = await arrivalOf(stage.database, ana, day)
  expect(checked_in_at!.getTime()).toBeLessThanOrEqual(before)
  expect(stage.network.calls('apply_ops')).toBeGreaterThan(1)
  expect([...first.errors, ...phone.errors]).toEqual([])
})

test(
  'a refused check-in explains what to do, stays until the volunteer decides, and can be repeated',
  { tag: '@long' },
  async ({ stage }) => {
    const day = await makeDay(stage.database, 'Jornada con un rechazo')
    const guest = await registerGuest(stage.network.origin, stage.database, 'Hugo Cancela', [day])
    const volunteer = await makeMember(stage.database, 'Vera Rechazada', 'door', day.id)
    const { page, offline } = await stage.phone()
    await signIn(page, stage.network.origin, volunteer)
    await openDay(page, day)
    await untilKept(page)
    await offline(true)
    await markGuest(page, guest.folio, guest)
    await stage.database.query(
      `update app.seats set status = 'cancelled', pass_code = null where submission_id = $1`,
      [guest.id],
    )
    await offline(false)
    await page.getByText(door('stuck.title', { count: 1 })).waitFor()
    await page.reload() // the newly pulled list lacks the guest, and the check-in is still shown
    await page.getByText(door('list.count', { arrived: 0, seats: 0 })).waitFor()
    await link(page, guest.name).first().click()
    await page.getByText(door('refused.seat_not_confirmed')).waitFor()
    await stage.database.query(
      `update app.seats set status = 'confirmed', pass_code = 'ab12' where submission_id = $1`,
      [guest.id],
    )
    await button(page, door('refused.again')).click()
    await expect
      .poll(() => arrivalOf(stage.database, guest, day), PATIENCE)
      .toMatchObject({ status: 'attended' })
    await expect.poll(() => page.getByText(door('stuck.title', { count: 1 })).count(), PATIENCE).toBe(0)
  },
)

test(
  'signing out deletes every guest from the phone, even those already checked in',
  { tag: '@long' },
  async ({ stage }) => {
    const day = await makeDay(stage.database, 'Jornada que se borra')
    const guest = await registerGuest(stage.network.origin, stage.database, 'Inés Reservada', [day])
    const volunteer = await makeMember(stage.database, 'Vera Sale', 'door', day.id)
    const { page, open } = await stage.phone()
    await signIn(page, stage.network.origin, volunteer)
    await openDay(page, day)
    await page.getByText(guest.name).waitFor()
    expect(await tablesWith(page, guest.name), 'the list is encrypted').toEqual([])
    await markGuest(page, guest.folio, guest)
    await open('/equipo/puerta')
    await button(page, staff('signout')).click()
    await page.getByText(jornadasStaff('door.erased')).waitFor()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: staff('signout'), exact: true })
      .click()
    await heading(page, staff('signin.title')).waitFor()
    expect(await tablesWith(page, guest.name)).toEqual([])
  },
)

const outcome = (page: Page, title: string) => page.locator('[data-outcome]', { hasText: title })

test(
  'without signal the phone judges a pass itself: a valid one checks in, and one of another day, a used, a foreign and a waiting one get the reason',
  { tag: '@long' },
  async ({ stage }) => {
    const { database, network } = stage
    const day = await makeDay(database, 'Jornada con cámara', { capacity: 3 })
    const other = await makeDay(database, 'Jornada del otro pase')
    const ana = await registerGuest(network.origin, database, 'Ana Con Pase', [day])
    const rosa = await registerGuest(network.origin, database, 'Rosa Otro Día', [other])
    const used = await registerGuest(network.origin, database, 'Raúl Ya Llegó', [day])
    const third = await registerGuest(network.origin, database, 'Tere Tercera', [day])
    const waiting = await registerGuest(network.origin, database, 'Wanda Espera', [day])
    await database.query(
      `update app.seats set status = 'attended', checked_in_at = $2 where submission_id = $1`,
      [used.id, '2026-11-20T16:41:00Z'],
    )
    const volunteer = await makeMember(database, 'Vera Escanea', 'door', day.id)
    const { page, errors, offline } = await stage.phone(undefined, { camera: true })
    await giveReader(page)
    await signIn(page, network.origin, volunteer)
    await openDay(page, day)
    await page.getByText(door('list.count', { arrived: 1, seats: 3 })).waitFor()
    await offline(true)
    await link(page, door('scan.open')).click()
    await page.getByText(door('scan.watching')).waitFor()
    expect(await camerasOn(page)).toBe(1)

    await showCode(page, rosa.pass(other))
    await outcome(page, door('outcome.wrong_day')).waitFor()
    await showCode(page, used.pass(day))
    await outcome(page, door('outcome.used_text', { time: '10:41' })).waitFor()
    await showCode(page, `CONVOCA:${rosa.folio}:${day.id}:abc`)
    await outcome(page, door('outcome.unknown')).waitFor()
    await showCode(page, third.pass(day).replace(third.folio, ana.folio)) // the pass of one guest with the folio of another
    await outcome(page, door('outcome.invalid')).waitFor()
    await showCode(page, `CONVOCA:${waiting.folio}:${day.id}:abc`)
    await outcome(page, door('outcome.waiting')).waitFor()
    await showCode(page, 'https://ejemplo.mx/menu')
    await outcome(page, door('outcome.not_a_pass')).waitFor()
    await page.getByText(door('list.count', { arrived: 1, seats: 3 })).waitFor() // none of these codes checked in a guest

    await showCode(page, ana.pass(day))
    await outcome(page, door('outcome.marked')).getByText(ana.name).waitFor()
    await untilLooked(page, 5) // a code that stays in view counts as one scan
    expect(await outcome(page, door('outcome.used')).count()).toBe(0)
    await showCode(page, null)
    await untilLooked(page, 2)
    await page.clock.setSystemTime(Date.now() + 2_500) // longer than the phone remembers a code that has left the view
    await showCode(page, ana.pass(day))
    await outcome(page, door('outcome.used')).waitFor()
    await offline(false)
    await expect
      .poll(() => arrivalOf(database, ana, day), PATIENCE)
      .toMatchObject({ status: 'attended', version: 2 })
    await link(page, door('scan.type')).click()
    await heading(page, day.title).waitFor()
    expect(await camerasOn(page)).toBe(0)
    expect(errors).toEqual([])
  },
)

test(
  'a coordinator finds the link to move the day, and an auditor reads the list without marking',
  { tag: '@long' },
  async ({ stage }) => {
    const day = await makeDay(stage.database, 'Jornada que se mueve')
    const guest = await registerGuest(stage.network.origin, stage.database, 'Olga Observada', [day])
    const coordinator = await makeMember(stage.database, 'Carla Coordina', 'coordinator')
    const auditor = await makeMember(stage.database, 'Aldo Audita', 'auditor')
    const first = await stage.phone()
    await signIn(first.page, stage.network.origin, coordinator)
    await openPart(first.page, jornadasStaff('door.nav'))
    await openDay(first.page, day)
    await link(first.page, door('day.move')).click()
    await first.page.waitForURL((url) => url.pathname.includes(day.id) && !url.pathname.includes('puerta'))

    const { page } = await stage.phone()
    await signIn(page, stage.network.origin, auditor)
    await openPart(page, jornadasStaff('door.nav'))
    await openDay(page, day)
    await findGuest(page, 'olga', guest)
    await page.getByText(door('person.read_only')).waitFor()
    expect(await button(page, door('person.mark')).count()).toBe(0)
    await page.goto(`${stage.network.origin}/equipo/puerta/${day.id}`)
    await page.getByText(guest.name).waitFor()
    expect(await link(page, door('day.move')).count()).toBe(0)
  },
)
