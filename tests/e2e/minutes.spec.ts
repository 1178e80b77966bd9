/** The jornadas as the minutes tell them, on the phones and desks of everybody who takes part. */
import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import type { StaffItem } from '@/domain/staffRows'
import { signDue } from '../support/signing'
import { callApi, sendOp, signInByApi } from './api'
import { findViolations } from './axe'
import { dayFromNow } from './days'
import { findGuest, makeDay, markGuest, openDay, registerGuest, type DoorDay, type Guest } from './doorSteps'
import { lettersTo } from './inbox'
import { confirmAddress, seatsOf, untilSeats } from './jornadaRows'
import {
  addDay,
  openSeats,
  readSeries,
  register,
  showSecondGroup,
  somebody,
  untilSeat,
  untilSeatless,
  type Registrant,
} from './jornadaSteps'
import * as story from './minutesSteps'
import { PATIENCE } from './patience'
import { changeLetters } from './rescheduleSteps'
import { makeMember, signIn } from './staffSteps'
import { test, type Stage } from './stage'
import { button, link, pathOf, untilChip, untilReadyOffline } from './steps'
import { chips, constancia, door, folio, jornadas, verificar } from './words'

/** Registers without signal for a full day, and gets the seat that somebody gives back. */
async function waitForSeat(stage: Stage, slug: string, who: Registrant, giveBack: () => Promise<unknown>) {
  const phone = await stage.phone()
  const { page, open, offline } = phone
  await open(`/c/${slug}`)
  await page.getByText(jornadas('registry.kept')).waitFor()
  await offline(true)
  await register(page, who)
  await untilSeatless(page)
  await untilChip(page, chips('unsent_usted'))
  expect(await seatsOf(stage.database, who.email)).toEqual([])
  await offline(false)
  await openSeats(page)
  await untilSeat(page, jornadas('seat.waiting', { place: 1 }))
  await untilChip(page, chips('seat_waiting'))

  await giveBack()
  await open('/envios')
  await page.getByRole('heading', { name: folio('list.attention') }).waitFor()
  await untilChip(page, chips('seat_offered'))
  await link(page, who.body).click()
  await offline(true)
  await button(page, jornadas('seat.accept')).click()
  await untilChip(page, chips('unsent_usted'))
  expect(await page.locator('[data-chip=seat_confirmed]').count()).toBe(0)
  await offline(false)
  await untilSeat(page, jornadas('seat.confirmed'))
  return phone
}

/** Two doors without signal note one guest, and one of them somebody without a registration. */
async function keepTwoDoors(
  stage: Stage,
  day: DoorDay,
  guest: { id: string; folio: string; name: string },
  body: story.Body,
) {
  const { database, network } = stage
  const doors = [await stage.phone(), await stage.phone()] as const
  for (const { page } of doors) {
    await signIn(page, network.origin, await makeMember(database, 'Vera Voluntaria', 'door', day.id))
    await openDay(page, day)
    await page.getByText(/También se abre sin señal/u).waitFor()
  }
  const [first, second] = doors
  await button(second.page, door('walkin.open'))
    .or(link(second.page, door('walkin.open')))
    .click()
  await second.page.getByRole('combobox').waitFor()
  for (const { context } of doors) await context.setOffline(true)
  await story.walkIn(second.page, body, 'Wendy Sin Registro')
  await markGuest(first.page, guest.folio, guest)
  await markGuest(second.page, guest.folio, guest)
  await second.page.getByText(door('list.unsent', { count: 2 })).waitFor()
  for (const { page, context } of doors) {
    await context.setOffline(false)
    await expect.poll(() => page.getByText(door('chip.unsent')).count(), PATIENCE).toBe(0)
  }
  await second.page.reload()
  await second.page.getByText(door('clash.title')).first().waitFor()
  await second.page.getByText(door('list.walk_in')).waitFor()
  const { rows } = await database.query<{ noted: number; walked: number }>(
    `select (select count(distinct noted_by)::int from app.door_notes where submission_id = $1) as noted,
       (select count(*)::int from app.registrations r join app.seats s using (submission_id)
        where r.walk_in and s.jornada_id = $2 and s.status = 'attended') as walked`,
    [guest.id, day.id],
  )
  expect(rows[0]).toEqual({ noted: 2, walked: 1 })

  await findGuest(first.page, guest.folio, guest)
  await button(first.page, door('person.leave')).click()
  await first.page
    .getByText(/^Salió a las/u)
    .first()
    .waitFor()
  const left = () =>
    database.query('select from app.seats where submission_id = $1 and left_at is not null', [guest.id])
  await expect.poll(async () => (await left()).rowCount, PATIENCE).toBe(1)
  return doors.flatMap(({ errors }) => errors)
}

test('both groups of a series, from the invitation over a full day, a new hour, two doors without signal and a survey to a constancia that a stranger verifies and sees revoked', async ({
  stage,
}) => {
  test.setTimeout(720_000)
  const { database, network } = stage
  const { origin } = network
  const series = await readSeries(database)
  const first = await makeDay(database, `Primera jornada ${randomUUID().slice(0, 8)}`, {
    away: '10 days',
    capacity: 2,
  })
  const last = await addDay(database, 5)
  await story.giveRules(database, series.id)
  const [one, two] = [
    await story.addBody(database, series.id, 1),
    await story.addBody(database, series.id, 2),
  ]

  // the desk invites the bodies of both groups
  const coordinator = await makeMember(database, 'Cora Coordinadora', 'coordinator')
  const desk = await stage.phone(undefined, { timezone: 'Asia/Tokyo', width: 1366, height: 768 })
  await signIn(desk.page, origin, coordinator)
  await story.inviteBodies(desk.page, origin, series.id, [one, two])

  // the first day is full, and its waiting list moves
  const full: Guest[] = []
  for (const name of ['Gabriel Primero', 'Hilda Segunda'])
    full.push(await registerGuest(origin, database, name, [first]))
  const giveBack = ({ id, secret }: { id: string; secret: string }) =>
    sendOp(origin, {
      kind: 'registration.cancel_day',
      entity_id: id,
      payload: { jornada_id: first.id },
      secret,
    })
  const who = somebody([{ ...first, on_day: '' }], one.name)
  await confirmAddress(database, who.email)
  const ana = await waitForSeat(stage, series.slug, who, () => giveBack(full[0]!))
  const status = await pathOf(ana.page)

  // somebody of the second group registers
  const other = somebody([last], two.name)
  await confirmAddress(database, other.email)
  const beto = await stage.phone()
  await beto.open(`/c/${series.slug}`)
  await showSecondGroup(beto.page)
  await register(beto.page, other)
  await openSeats(beto.page)
  await untilSeat(beto.page, jornadas('seat.confirmed'))

  // the first day moves to 13:30; the last one has no date, and then one
  await story.announce(desk.page, origin, first, { starts: '13:30', ends: '15:30' })
  await ana.open(status)
  await ana.page.getByText('13:30').first().waitFor()
  const told = () => changeLetters(origin, `${full[1]!.id}@ejemplo.mx`) // an address gets three letters an hour, and Ana had hers
  await expect.poll(async () => (await told()).length, PATIENCE).toBe(1)
  expect((await told())[0]!.body).toContain('13:30')
  await story.announce(desk.page, origin, last, null)
  await beto.page.reload()
  await beto.page.getByText(jornadas('day.undated')).first().waitFor()
  const on_day = await dayFromNow(database, 27)
  await story.announce(desk.page, origin, last, { on_day, starts: '17:30', ends: '19:00' })
  await beto.page.reload()
  await beto.page.getByText('17:30').first().waitFor()

  // the delegate of the second group sends somebody else, and the first day is reminded of
  const substitute = `${randomUUID()}@edomex.example`
  await story.substitute(beto.page, 'Clara Suplente', substitute)
  await expect.poll(async () => (await lettersTo(origin, substitute)).length, PATIENCE).toBeGreaterThan(0)
  await story.moveDay(database, first.id, '1 day')
  const [seated] = await untilSeats(database, who.email)
  const reminded = () => database.query('select from app.reminders where submission_id = $1', [seated!.id])
  await expect.poll(async () => (await reminded()).rowCount, PATIENCE).toBe(1)

  // the day comes; whoever cannot come leaves a seat to who comes without a registration
  await story.moveDay(database, first.id, '1 hour')
  await giveBack(full[1]!)
  const guest = { id: seated!.id, folio: seated!.folio, name: who.name }
  const faults = await keepTwoDoors(stage, first, guest, one)
  await story.moveDay(database, first.id, '-4 hours')
  await ana.open(status)
  await untilSeat(ana.page, jornadas('seat.attended'))
  await story.answerSurvey(ana.page)

  await ana.open(status)
  await link(ana.page, jornadas('seat.constancia')).first().click()
  await button(ana.page, constancia('ask')).click()
  await button(ana.page, constancia('print')).waitFor()
  const address = await link(ana.page, constancia('verify')).getAttribute('href')
  expect(await findViolations(ana.page, 'constancia')).toEqual([])

  // a stranger verifies it in airplane mode, and learns that it was revoked
  await signDue(origin)
  const stranger = await stage.phone()
  await stranger.open('/verificar')
  await untilReadyOffline(stranger.page)
  await stranger.offline(true)
  await stranger.page.goto(`${origin}${address}`)
  await stranger.page.getByText(verificar('valid'), { exact: true }).waitFor()
  await stranger.page.getByText(who.name).waitFor()
  expect(await findViolations(stranger.page, 'verificar')).toEqual([])
  await stranger.offline(false)
  const token = await signInByApi(origin, coordinator)
  const { version } = await callApi<StaffItem>(origin, 'review_item', { p_id: guest.id }, token)
  const payload = { reason: 'La asistencia se anotó a otra persona.' }
  const revoked = await sendOp(
    origin,
    { kind: 'constancia.revoke', entity_id: guest.id, payload, expected_version: version },
    token,
  )
  expect(revoked.status).toBe('applied')
  await signDue(origin)
  const listed = stranger.page.waitForResponse((answer) => answer.url().includes('/rpc/revoked_constancias'))
  await stranger.page.goto(origin)
  await listed
  await stranger.offline(true)
  await expect(async () => {
    await stranger.page.goto(`${origin}${address}`)
    await stranger.page.getByText(verificar('revoked'), { exact: true }).waitFor({ timeout: 2000 })
  }).toPass(PATIENCE)
  expect([...faults, ...[desk, ana, beto, stranger].flatMap(({ errors }) => errors)]).toEqual([])
})
