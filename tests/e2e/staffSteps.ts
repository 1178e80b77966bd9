/** Steps of staff: on the screen, and through the API if a decision is only what a spec begins with. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Page } from '@playwright/test'
import type { StaffItem } from '@/domain/staffRows'
import type { Decision, ReasonCode } from '@/domain/states'
import { callApi, sendOp, signInByApi } from './api'
import { button, heading, link } from './steps'
import { desk, staff } from './words'

export interface Member {
  email: string
  password: string
  name: string
}

/** Creates a member of staff that no other spec uses. */
export async function makeMember(
  database: pg.Pool,
  name: string,
  role = 'moderator',
  jornada: string | null = null,
): Promise<Member> {
  const member = { email: `${randomUUID()}@ejemplo.mx`, password: randomUUID(), name }
  await database.query(
    `insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, created_at,
       updated_at, raw_app_meta_data, raw_user_meta_data)
     values ('00000000-0000-0000-0000-000000000000', gen_random_uuid(), 'authenticated', 'authenticated', $1,
       extensions.crypt($2, extensions.gen_salt('bf', 4)), now(), now(), now(), '{"provider": "email"}', '{}')`,
    [member.email, member.password],
  )
  await database.query(
    `select app.grant_staff($1, $2, $3, (select convocatoria_id from app.jornadas where id = $4::uuid), $4::uuid)`,
    [member.email, role, name, jornada],
  )
  return member
}

/** The message and reason of each decision that needs them. */
const WORDS: Partial<Record<Decision, { message: string; reason_code?: ReasonCode }>> = {
  request_correction: {
    message: 'Gracias por participar. Dinos en qué municipio lo viste, para poder atenderlo.',
  },
  reject: {
    message: 'Gracias por participar. Tu propuesta no habla del tema de la consulta.',
    reason_code: 'off_topic',
  },
  publish: { message: 'Gracias: cada acción tendrá una persona responsable desde enero.' },
}

/** Takes decisions one after another as this member, through the API. */
export async function decideByApi(
  origin: string,
  member: Member,
  id: string,
  decisions: Decision[],
): Promise<void> {
  const token = await signInByApi(origin, member)
  for (const decision of decisions) {
    const { version } = await callApi<StaffItem>(origin, 'review_item', { p_id: id }, token)
    const payload = { decision, ...WORDS[decision] }
    const op = { kind: 'review.decide', entity_id: id, payload, expected_version: version } as const
    const verdict = await sendOp(origin, op, token)
    if (verdict.status !== 'applied') throw new Error(`not applied: ${JSON.stringify(verdict)}`)
  }
}

/** Signs in and waits for the queue, or for the door if that is the member's only page. */
export async function signIn(page: Page, origin: string, { email, password }: Member): Promise<void> {
  await page.goto(`${origin}/equipo`)
  await page.getByLabel(staff('signin.email'), { exact: true }).fill(email)
  await page.getByLabel(staff('signin.password'), { exact: true }).fill(password)
  await button(page, staff('signin.submit')).click()
  await page.waitForURL(/\/equipo\/(bandeja|puerta)/u)
}

/** The link of a phone to what its bar leaves out; a count may follow its name. */
export const moreLink = (page: Page) =>
  page.getByRole('link', { name: new RegExp(`^${desk('nav.more')}`, 'u') })

/** Opens a part of the desk, which on a phone may stand behind «Más». */
export async function openPart(page: Page, name: string): Promise<void> {
  const entry = link(page, name)
  await entry.or(moreLink(page)).first().waitFor()
  if (!(await entry.isVisible())) await moreLink(page).click()
  await entry.click()
}

/** Presses «Cerrar sesión», which on a phone may stand behind «Más». The dialog is still to be answered. */
export async function askSignOut(page: Page): Promise<void> {
  const leave = button(page, staff('signout')).first()
  await leave.or(moreLink(page)).first().waitFor()
  if (!(await leave.isVisible())) await moreLink(page).click()
  await leave.click()
}

/** Types into the queue's search, which is collapsed. */
export async function searchQueue(page: Page, text: string): Promise<void> {
  const field = page.getByLabel(staff('queue.search'))
  if (!(await field.isVisible())) await button(page, staff('queue.narrow')).click()
  await field.fill(text)
}

/** From the queue to the review of a folio, by search. */
export async function openReview(page: Page, folio: string): Promise<void> {
  await searchQueue(page, folio)
  await link(page, folio).click()
  await heading(page, staff('review.title', { folio })).waitFor()
}

export interface Reply {
  reason?: ReasonCode
  message?: string
}

/** The link to the choice of a decision; its words depend on whether the page also publishes with one tap. */
export const decideLink = (page: Page) =>
  link(page, staff('review.decide')).or(link(page, staff('review.decide_other')))

/** From the review: chooses a decision, fills in what it needs and confirms it. */
export async function decide(page: Page, decision: Decision, { reason, message }: Reply = {}): Promise<void> {
  await decideLink(page)
    .or(link(page, staff('review.decide_more')))
    .click()
  await heading(page, staff('choose.title')).waitFor()
  const name = page.getByText(staff(`decision.${decision}`), { exact: true })
  await page.getByRole('button').filter({ has: name }).click()
  await heading(page, staff(`decision.${decision}`)).waitFor()
  if (reason) await page.getByRole('radio', { name: staff(`reason.${reason}`) }).check()
  if (message !== undefined) await page.locator('#message').fill(message)
  await button(page, staff(`confirm.${decision}`)).click()
  await page.waitForURL((url) => !url.searchParams.has('paso'))
}
