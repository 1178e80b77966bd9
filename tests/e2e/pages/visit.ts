/** Opens the pages of the table one after another, on one phone for each person. */
import type { Page } from '@playwright/test'
import type { Phone } from '../../support/browser'
import { button } from '../steps'
import { signIn } from '../staffSteps'
import { folio } from '../words'
import { look, type Seen } from './look'
import { addressOf, type PageRow } from './row'
import type { World } from './world'
import {
  DEMO_ADMIN,
  DEMO_COORDINATOR,
  DEMO_JURORS,
  DEMO_LOGINS,
  DEMO_STAFF,
} from '../../../supabase/local/keys'

export const LOGINS = {
  coordinator: DEMO_COORDINATOR,
  moderator: DEMO_STAFF,
  admin: DEMO_ADMIN,
  door: DEMO_LOGINS['puerta de un día'],
  juror: DEMO_JURORS[0]!,
} satisfies Record<NonNullable<PageRow['who']>, { email: string; password: string }>

/** Keeps the submission of this sample on the phone, unless it is there. */
async function keepOwn(phone: Phone, world: World, key: string): Promise<void> {
  const { page, open } = phone
  await open(world.linkOf(key))
  const save = button(page, folio('open.save')).first()
  const known = () => page.waitForURL(/\/envios\/[^/]+$/u)
  await Promise.race([save.waitFor(), known()])
  if (await save.isVisible()) await save.click()
  await known()
}

/** Opens the page of this row and waits until it is complete. */
async function openRow(phone: Phone, world: World, row: PageRow): Promise<void> {
  const { page, open } = phone
  if (row.own) await keepOwn(phone, world, row.own)
  if (!row.own || row.at) await open(addressOf(row, world))
  else await page.reload()
  await page.locator('#app').getByText(row.seen).filter({ visible: true }).first().waitFor()
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
  await row.act?.(page)
  await page.waitForLoadState('networkidle')
}

/** Everything that is wrong with the page of this row. The phone is signed in already. */
export async function visit(phone: Phone, world: World, row: PageRow, seen?: Seen): Promise<string[]> {
  const before = phone.errors.length
  try {
    await openRow(phone, world, row)
  } catch (error) {
    const words = await phone.page.locator('body').innerText().catch(String)
    return [`${row.name}: not complete: ${String(error).split('\n')[0]}\n${words.slice(0, 600)}`]
  }
  const found = await look(phone.page, row.who !== undefined, seen)
  found.push(...phone.errors.slice(before).map((error) => `console: ${error}`))
  return found.map((line) => `${row.name}: ${line}`)
}

/** Signs in the member of staff of these rows. */
export async function enterAs(page: Page, origin: string, who: PageRow['who']): Promise<void> {
  if (who) await signIn(page, origin, { ...LOGINS[who], name: '' })
}
