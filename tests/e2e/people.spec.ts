import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { readInvitation } from './inbox'
import { type Stage, test } from './stage'
import { makeMember, type Member, moreLink, signIn } from './staffSteps'
import { button, heading, link } from './steps'
import { people, staff } from './words'

let admin: Member

test.beforeAll(async ({ database }) => {
  admin = await makeMember(database, 'Alma Administra', 'admin')
})

/** Fills in and sends the form of an invitation. */
async function invite(page: Page, email: string, name: string, role = 'moderator'): Promise<void> {
  await link(page, people('nav.people')).click()
  await heading(page, people('people.title')).waitFor()
  await link(page, people('people.invite')).click()
  await page.getByLabel(people('invite.name'), { exact: true }).fill(name)
  await page.getByLabel(people('invite.email'), { exact: true }).fill(email)
  await page.getByRole('radio', { name: staff(`role.${role}` as 'role.moderator') }).check()
  await button(page, people('invite.submit')).click()
}
const rolesOf = async (stage: Stage, email: string) =>
  (
    await stage.database.query<{ role: string; active: boolean }>(
      `select s.role, s.active from app.staff s join auth.users u on u.id = s.user_id where u.email = $1`,
      [email],
    )
  ).rows

test('an invited person gets from the letter to the queue, and an administrator deactivates and activates the role', async ({
  stage,
}) => {
  const email = `${randomUUID()}@ejemplo.mx`
  const name = `Nora ${email.slice(0, 8)}`
  const { page, errors } = await stage.phone()
  await signIn(page, stage.network.origin, admin)
  await invite(page, email, name)
  await heading(page, people('invite.done_title')).waitFor()
  await link(page, people('invite.list')).click()
  await page.getByRole('heading', { name: people('people.invitations') }).waitFor()
  await page.getByText(email, { exact: true }).waitFor()

  const address = await readInvitation(stage.network.origin, email)
  const invited = await stage.phone()
  await invited.page.goto(address)
  await invited.page.getByText(people('accept.hello', { name })).waitFor()
  await invited.page.getByLabel(people('accept.password'), { exact: true }).fill('corta')
  await button(invited.page, people('accept.submit')).click()
  await invited.page
    .getByRole('alert')
    .filter({ has: invited.page.getByRole('link') })
    .waitFor()
  expect(await rolesOf(stage, email)).toEqual([])
  await invited.page
    .getByLabel(people('accept.password'), { exact: true })
    .fill('cuatro palabras sin relación')
  await button(invited.page, people('accept.submit')).click()
  await invited.page.waitForURL(/\/equipo\/bandeja/u)
  await heading(invited.page, staff('queue.title')).waitFor()
  expect(await rolesOf(stage, email)).toEqual([{ role: 'moderator', active: true }])
  await invited.page.goto(address)
  await invited.page.getByText(people('accept.used_title')).waitFor()

  await page.reload()
  const flip = async (action: 'people.disable' | 'people.enable') => {
    const label = people('people.person', { action: people(action), name })
    await button(page, label).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: people(action), exact: true })
      .click()
  }
  await flip('people.disable')
  await page.getByText(people('people.disabled_done', { name, role: staff('role.moderator') })).waitFor()
  expect(await rolesOf(stage, email)).toEqual([{ role: 'moderator', active: false }])
  await invited.page.goto(`${stage.network.origin}/equipo/bandeja`)
  await heading(invited.page, staff('norole.title')).waitFor()
  await flip('people.enable')
  await page.getByText(people('people.enabled_done', { name, role: staff('role.moderator') })).waitFor()
  expect([...errors, ...invited.errors]).toEqual([])
})

test(
  'an invited person with an account must sign in first, and a session of another account is reported',
  { tag: '@long' },
  async ({ stage }) => {
    const member = await makeMember(stage.database, 'Hugo Dos', 'auditor')
    const { page } = await stage.phone()
    await signIn(page, stage.network.origin, admin)
    await invite(page, member.email, 'Hugo Dos', 'door')
    await heading(page, people('invite.done_title')).waitFor()
    const address = await readInvitation(stage.network.origin, member.email)
    await page.goto(address)
    await page.getByText(people('accept.other', { email: admin.email })).waitFor()
    await button(page, people('accept.switch')).click()
    await link(page, people('accept.sign_in')).click()
    await page.getByLabel(staff('signin.email'), { exact: true }).fill(member.email)
    await page.getByLabel(staff('signin.password'), { exact: true }).fill(member.password)
    await button(page, staff('signin.submit')).click()
    await button(page, people('accept.accept')).click()
    await page.waitForURL(/\/equipo\/(bandeja|puerta)/u)
    expect((await rolesOf(stage, member.email)).map(({ role }) => role).sort()).toEqual(['auditor', 'door'])
  },
)

test(
  'an empty form, an existing role and a lost network are reported at their fields',
  { tag: '@long' },
  async ({ stage }) => {
    const { page, offline } = await stage.phone()
    await signIn(page, stage.network.origin, admin)
    await link(page, people('nav.people')).click()
    await link(page, people('people.invite')).click()
    await button(page, people('invite.submit')).click()
    const summary = page.getByRole('alert').filter({ has: page.getByRole('link') })
    await summary.waitFor()
    expect(await summary.getByRole('link').count()).toBe(3)
    await page.getByLabel(people('invite.name'), { exact: true }).fill('Alma Administra')
    await page.getByLabel(people('invite.email'), { exact: true }).fill(admin.email)
    await page.getByRole('radio', { name: staff('role.auditor') }).check()
    await offline(true)
    await button(page, people('invite.submit')).click()
    await page.getByRole('alert').filter({ hasText: 'No hay conexión' }).waitFor()
    await offline(false)
    await button(page, people('invite.submit')).click()
    await page.getByRole('alert').filter({ hasText: 'tus propios permisos' }).waitFor()
    expect(await page.getByLabel(people('invite.email'), { exact: true }).inputValue()).toBe(admin.email)
  },
)

test(
  'a moderator has no link to the list of staff, and its address shows that access is denied',
  { tag: '@long' },
  async ({ stage }) => {
    const moderator = await makeMember(stage.database, 'Marta Modera')
    const { page } = await stage.phone()
    await signIn(page, stage.network.origin, moderator)
    await heading(page, staff('queue.title')).waitFor()
    await page
      .getByRole('link', { name: /^[A-Z]{2}-\d{4}/u })
      .or(page.getByText(staff('queue.empty_todo_title')))
      .first()
      .waitFor()
    expect(await link(page, people('nav.people')).count()).toBe(0)
    await moreLink(page).click()
    await page.getByRole('region', { name: staff('me.label') }).waitFor()
    expect(await link(page, people('nav.people')).count()).toBe(0)
    await page.goto(`${stage.network.origin}/equipo/personas`)
    await page.getByText(staff('state.denied_title')).waitFor()
  },
)
