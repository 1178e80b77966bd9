/** Looks at one page in every way in which people see it, and tells what is wrong. */
import type { CDPSession, Page } from '@playwright/test'
import { whileWhole } from '../../support/browser'
import { findViolations } from '../axe'
import { findFocusTrouble } from '../keyboard'
import { findBrokenFolios, findCutOff } from '../reflow'
import { findBrokenWords, findStrangeWords, findStuckWords } from './words'

const PHONE = { width: 360, height: 740 }
const DESK = { width: 1366, height: 768 }
const NARROW = 320
const [USUAL, TWICE] = [16, 32]
const MAX_TABS = 150

/** Called in each way of seeing, once the page stands still. */
export type Seen = (way: '360' | 'dark' | '320' | '200' | '1366', page: Page) => Promise<void>

const sessions = new WeakMap<Page, Promise<CDPSession>>()

/** Sets the size of letters as a person does in the browser: a page that measures in them grows. */
async function setLetters(page: Page, standard: number): Promise<void> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page)
  sessions.set(page, session)
  await (await session).send('Page.setFontSizes', { fontSizes: { standard, fixed: standard - 3 } })
  await page.waitForFunction(
    (size) => getComputedStyle(document.documentElement).fontSize === `${size}px`,
    standard,
  )
}

/** The main act of the page, which is one at most, is reached with Tab, and every stop on the way is visible. */
async function findKeyboardTrouble(page: Page): Promise<string[]> {
  const primary = page.locator('.button-primary:visible')
  const count = await primary.count()
  if (count > 1) return [`${count} primary buttons: ${(await primary.allInnerTexts()).join(' | ')}`]
  if (count === 0) return []
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  const troubles = new Set<string>()
  for (let tabs = 0; tabs < MAX_TABS; tabs += 1) {
    await page.keyboard.press('Tab')
    const trouble = await page.evaluate(findFocusTrouble)
    if (trouble) troubles.add(trouble)
    if (await primary.evaluate((element) => element === document.activeElement)) return [...troubles]
  }
  return [...troubles, `the primary button is not reached in ${MAX_TABS} tabs`]
}

/** Everything that is wrong with the current page, each line with the way of seeing it. */
export async function look(page: Page, isDesk: boolean, seen: Seen = async () => {}): Promise<string[]> {
  const found = await findKeyboardTrouble(page)
  found.push(...(await findStrangeWords(page, '360')), ...(await findCutOff(page, '360')))
  found.push(...(await findStuckWords(page, '360')))
  found.push(...(await findBrokenWords(page, '360')), ...(await findBrokenFolios(page, '360')))
  await whileWhole(page, async () => {
    found.push(...(await findViolations(page, 'light')))
    await seen('360', page)
    await page.emulateMedia({ colorScheme: 'dark' })
    found.push(...(await findViolations(page, 'dark', ['color-contrast'])))
    await seen('dark', page)
    await page.emulateMedia({ colorScheme: 'light' })
  })
  await page.setViewportSize({ ...PHONE, width: NARROW })
  found.push(...(await findCutOff(page, '320')), ...(await findBrokenFolios(page, '320')))
  await seen('320', page)
  await page.setViewportSize(PHONE)
  await setLetters(page, TWICE)
  found.push(...(await findCutOff(page, '200 %')))
  await seen('200', page)
  await setLetters(page, USUAL)
  if (!isDesk) return found
  await page.setViewportSize(DESK)
  found.push(...(await findViolations(page, '1366')), ...(await findCutOff(page, '1366')))
  found.push(...(await findBrokenWords(page, '1366')))
  await seen('1366', page)
  await page.setViewportSize(PHONE)
  return found
}
