import { expect, type Page } from '@playwright/test'
import { FIRST_ADMIN } from '../../supabase/local/keys'
import { codeAt } from '../../supabase/local/totp'
import { borrowPhone, type Phone, whileWhole } from '../support/browser'
import { findViolations } from './axe'
import { FIVE, inviteFirst, PASSWORD, test } from './emptyProject'
import { findCutOff } from './reflow'
import { askSignOut, openPart } from './staffSteps'
import { button, heading, link } from './steps'
import { account, institution, people, staff } from './words'

/** What a hostile or a careless file may hold besides a drawing. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100" onload="alert(1)"><script>alert(2)</script>
  <image href="https://tracker.example/x.png" width="1" height="1"/><rect width="400" height="100" rx="20" fill="#8a1538"/></svg>`

const SIZES = [
  { width: 1366, height: 768 },
  { width: 360, height: 740 },
]

/** A screen on a desk and on a phone; the phone's size stays. */
async function show(page: Page, screen: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size)
    const path = test.info().outputPath(`${screen}-${size.width}.png`)
    await page.screenshot({ path, fullPage: true })
    expect(await findCutOff(page, screen)).toEqual([])
    await whileWhole(page, async () => expect(await findViolations(page, screen)).toEqual([]))
  }
}

/** From the link to the desk of a project that has a name. */
async function comeIn({ page }: Phone, address: string): Promise<void> {
  await page.goto(address)
  await page.getByText(people('accept.hello', { name: FIRST_ADMIN.name })).waitFor()
  await page.getByLabel(people('accept.password'), { exact: true }).fill(PASSWORD)
  await button(page, people('accept.submit')).click()
  await heading(page, institution('setup.title')).waitFor()
  await button(page, institution('setup.submit')).click()
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(5)
  await show(page, 'configurar')
  for (const [field, text] of Object.entries(FIVE)) await page.locator(`#${field}`).fill(text)
  await button(page, institution('setup.submit')).click()
  await page.waitForURL(/\/equipo\/bandeja/u)
  await link(page, people('nav.people')).waitFor()
}

test('an empty project becomes an institution’s on a phone and at a desk: link, password, five answers', async ({
  project: { backend, network },
}) => {
  const invited = await inviteFirst(network.origin)
  const phone = await borrowPhone(network)
  const { page, errors } = phone
  await comeIn(phone, invited!.link)
  expect(await inviteFirst(network.origin)).toBeNull()

  await openPart(page, people('nav.institution'))
  await heading(page, institution('title')).waitFor()
  await page.locator('#logo').setInputFiles({
    name: 'logo.svg',
    mimeType: 'image/svg+xml',
    buffer: Buffer.from(SVG),
  })
  await page.getByAltText(institution('logo.alt')).waitFor()
  await page.locator('#accent').fill('#ffe600')
  await page.getByText(institution('accent.adjusted')).waitFor()
  await show(page, 'instituto')
  await link(page, institution('group.calendar')).click()
  await show(page, 'calendario')
  await button(page, institution('save')).click()
  await page.getByText(institution('saved')).waitFor()
  const { rows } = await backend.database.query<{ header: string; mail: string; days: number }>(
    `select encode(substring(logo_header from 2 for 3), 'escape') as header, mail_from as mail,
       (select count(*)::int from app.holidays) as days from app.institution`,
  )
  expect(rows[0]).toMatchObject({ header: 'PNG', mail: FIVE.mail_from })
  expect(rows[0]!.days).toBeGreaterThanOrEqual(14)

  const citizen = await borrowPhone(network)
  await citizen.open()
  await citizen.page.locator('.frame-logo').waitFor()
  await citizen.page.getByText(FIVE.email).waitFor()
  await citizen.page.getByText('Planta baja, unidad@itv.example').waitFor()
  await citizen.page.screenshot({ path: test.info().outputPath('inicio.png') })
  await page.goto(invited!.link)
  await page.getByText(people('accept.used_title')).waitFor()
  expect([...errors, ...citizen.errors]).toEqual([])
})

/** Signs out at the desk and gives the password again, up to the second step. */
async function signInAgain(page: Page): Promise<void> {
  await askSignOut(page)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: staff('signout'), exact: true })
    .click()
  await page.getByLabel(staff('signin.email'), { exact: true }).fill(FIRST_ADMIN.email)
  await page.getByLabel(staff('signin.password'), { exact: true }).fill(PASSWORD)
  await button(page, staff('signin.submit')).click()
  await heading(page, account('step.title')).waitFor()
}

test(
  'an administrator sets up the second step, demands it of the whole staff, and comes in with a code and with a recovery code',
  { tag: '@long' },
  async ({ project: { network } }) => {
    const invited = await inviteFirst(network.origin)
    const phone = await borrowPhone(network, { width: 1366, height: 768 })
    const { page } = phone
    await comeIn(phone, invited!.link)
    const access = `${network.origin}/equipo/instituto?parte=access`
    await page.goto(access)
    await page.getByLabel(institution('field.require_aal2')).check()
    await button(page, institution('save')).click()
    await page.getByRole('alert').getByRole('link').waitFor()

    await page.goto(`${network.origin}/equipo/cuenta`)
    await show(page, 'cuenta')
    await button(page, account('factor.begin')).click()
    const secret = (await page.locator('.enrol-secret').textContent())!.replaceAll(' ', '')
    await show(page, 'activar')
    await page.getByLabel(account('enrol.code')).fill(codeAt(secret, Date.now()))
    await button(page, account('enrol.submit')).click()
    await page.getByRole('heading', { name: account('codes.title') }).waitFor()
    const codes = await page.locator('.codes code').allTextContents()
    expect(codes).toHaveLength(10)
    await show(page, 'codigos')
    await page.setViewportSize(SIZES[0]!)
    await button(page, account('codes.kept')).click()
    await page.getByText(account('factor.on')).waitFor()

    await page.goto(access)
    await page.getByLabel(institution('field.require_aal2')).check()
    await button(page, institution('save')).click()
    await page.getByText(institution('saved')).waitFor()

    await signInAgain(page)
    await show(page, 'segundo-paso')
    await page.setViewportSize(SIZES[0]!)
    await page.getByLabel(account('step.code')).fill(codeAt(secret, Date.now()))
    await button(page, account('step.submit')).click()
    await page.waitForURL(/\/equipo\/bandeja/u)

    await signInAgain(page)
    await button(page, account('step.lost')).click()
    await page.getByLabel(account('step.recovery')).fill(codes[0]!)
    await button(page, account('step.submit')).click()
    await heading(page, account('step.enrol_title')).waitFor()
    await page.goto(`${network.origin}/equipo/bandeja`)
    await heading(page, account('step.enrol_title')).waitFor()
  },
)

test(
  'of two administrators the second sees what the first saved, and loses nothing',
  { tag: '@long' },
  async ({ project: { backend, network } }) => {
    const invited = await inviteFirst(network.origin)
    const phone = await borrowPhone(network, { width: 1366, height: 768 })
    const { page } = phone
    await comeIn(phone, invited!.link)
    await page.goto(`${network.origin}/equipo/instituto?parte=contact`)
    await page.locator('#phone').fill('722 111 1111')
    await backend.database.query(
      `update app.institution set help_text = 'Otra persona', version = version + 1`,
    )
    await button(page, institution('save')).click()
    await page.getByText(institution('conflict.title')).waitFor()
    await page.getByText('Otra persona', { exact: true }).waitFor()
    await show(page, 'conflicto')
    await button(page, staff('both.keep_mine')).click()
    await page.getByText(institution('saved')).waitFor()
    const { rows } = await backend.database.query<{ phone: string; help: string }>(
      `select contact ->> 'phone' as phone, help_text as help from app.institution`,
    )
    expect(rows).toEqual([{ phone: '722 111 1111', help: 'Otra persona' }])
  },
)
