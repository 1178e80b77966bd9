/** Steps of a coordinator who changes a day, and a change by another coordinator through the API. */
import type pg from 'pg'
import type { Page } from '@playwright/test'
import type { Reschedule } from '@/features/jornadas/staff/days/schedule'
import { sendOp, signInByApi } from './api'
import { scheduleOf } from './days'
import type { Day } from './jornadaSteps'
import { lettersTo } from './inbox'
import { makeMember, type Member, signIn } from './staffSteps'
import { button, heading, link } from './steps'
import { reschedule } from './words'

/** Signs in and opens the day. */
export async function openDay(page: Page, origin: string, member: Member, day: Day): Promise<void> {
  await signIn(page, origin, member)
  await page.goto(`${origin}/equipo/jornadas/${day.id}/cambiar`)
  await heading(page, day.title).waitFor()
}

/** From the day to its form. */
export async function beginChange(page: Page): Promise<void> {
  await link(page, reschedule('detail.change')).click()
  await heading(page, reschedule('form.title')).waitFor()
}

/** From the form through the review until the change is saved. */
export async function confirmChange(page: Page): Promise<void> {
  await button(page, reschedule('form.review')).click()
  await heading(page, reschedule('review.title')).waitFor()
  await button(page, reschedule('review.send')).click()
  await page.waitForURL((url) => !url.searchParams.has('paso'))
}

/** Waits for the screen that confirms the change. */
export const untilChanged = (page: Page) =>
  page.getByText(reschedule('status.sent'), { exact: true }).waitFor()

/** The letters about a changed day to this address. */
export const changeLetters = async (origin: string, email: string) =>
  (await lettersTo(origin, email)).filter(({ subject }) => subject.startsWith('Cambió una jornada'))

/** Changes the day through the API as another coordinator. */
export async function moveByApi(
  origin: string,
  database: pg.Pool,
  day: Day,
  change: Partial<Reschedule>,
): Promise<void> {
  const token = await signInByApi(origin, await makeMember(database, 'Otra Coordina', 'coordinator'))
  const payload = { ...scheduleOf(day), reason: 'Se ocupó la sala.', ...change }
  const op = { kind: 'jornada.reschedule', entity_id: day.id, payload, expected_version: 0 } as const
  const verdict = await sendOp(origin, op, token)
  if (verdict.status !== 'applied') throw new Error(`not applied: ${JSON.stringify(verdict)}`)
}
