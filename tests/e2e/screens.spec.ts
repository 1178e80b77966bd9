import { expect, type Page } from '@playwright/test'
import { newProfile, whileWhole } from '../support/browser'
import { readOpenCampaign } from './api'
import { findViolations } from './axe'
import { findBrokenFolios, findCutOff } from './reflow'
import { test } from './stage'
import { TOURS } from './tour/all'

const LONG_MS = 600_000
const NARROW = 320
/** The font size that a person sets in the browser: twice the usual one. */
const TWICE = 32
/** Only the disk of a profile forgets that it was full, or loses its data. */
const FILLS_DISK = new Set(['troubles', 'phone'])

/** One tour of each family of screens; the others run before a release, as the tour of all pages does (decision 0113). */
const IN_GATE = new Set([
  'landing',
  'form',
  'states',
  'staff',
  'campaigns',
  'door',
  'videoForm',
  'gallery',
  'registration',
])

/** Runs the work at the usual font size, because the phone's is twice as large. */
async function atUsualSize(page: Page, work: () => Promise<void>): Promise<void> {
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe(`${TWICE}px`)
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '16px'))
  await work()
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
}

/** Every problem of the current screen. */
async function findWrong(page: Page, screen: string): Promise<string[]> {
  const found = await findCutOff(page, `${screen}, 200 %`)
  await atUsualSize(page, async () => {
    found.push(...(await findCutOff(page, `${screen}, ${NARROW} px`)))
    found.push(...(await findBrokenFolios(page, `${screen}, ${NARROW} px`)))
    await whileWhole(page, async () => {
      found.push(...(await findViolations(page, `${screen}, light`)))
      await page.emulateMedia({ colorScheme: 'dark' })
      found.push(...(await findViolations(page, `${screen}, dark`, ['color-contrast'])))
      await page.emulateMedia({ colorScheme: 'light' })
    })
  })
  return found
}

for (const [name, tour] of Object.entries(TOURS)) {
  const details = IN_GATE.has(name) ? {} : { tag: '@long' }
  const title = `every screen of the tour ${name} passes axe for WCAG 2.2 AA, and nothing is cut off at 320 px or at 200 % text`
  test(title, details, async ({ stage }) => {
    test.setTimeout(LONG_MS)
    const { network, database, scratch } = stage
    const found: string[] = []
    let shown = 0
    await tour({
      network,
      database,
      campaign: await readOpenCampaign(database),
      scratch,
      phone: (options) =>
        stage.phone(FILLS_DISK.has(name) ? newProfile() : undefined, {
          ...options,
          fontSize: TWICE,
          width: NARROW,
        }),
      show: async (screen, page) => {
        shown += 1
        found.push(...(await findWrong(page, screen)))
      },
    })
    expect(shown).toBeGreaterThan(0)
    expect(found).toEqual([])
  })
}
