import { describe, expect, test } from 'vitest'
import { newProfile, whileWhole, type PhoneOptions } from '../support/browser'
import { readOpenCampaign } from './api'
import { findViolations } from './axe'
import { findCutOff } from './reflow'
import { useStage } from './stage'
import { TOURS } from './tour/all'
import type { Tour } from './tour/tour'

const stage = useStage()
const LONG = { timeout: 300_000 }

interface Look extends PhoneOptions {
  fontSize?: number
  find(page: Parameters<Tour['show']>[1], name: string): Promise<string[]>
}

/** Walks a tour and gathers what was found wrong on the way. */
async function walk(name: string, { fontSize, find, ...options }: Look): Promise<string[]> {
  const found: string[] = []
  let shown = 0
  await TOURS[name]!({
    network: stage.network,
    database: stage.database,
    campaign: await readOpenCampaign(stage.database),
    phone: () => stage.phone(newProfile(fontSize ? { fontSize } : {}), options),
    show: async (screen, page) => {
      shown += 1
      found.push(...(await find(page, screen)))
    },
  })
  expect(shown).toBeGreaterThan(0)
  return found
}

const inBothSchemes: Look['find'] = async (page, name) => {
  const found: string[] = []
  await whileWhole(page, async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      found.push(...(await findViolations(page, `${name}, ${colorScheme}`)))
    }
    await page.emulateMedia({ colorScheme: 'light' })
  })
  return found
}

describe.each(Object.keys(TOURS))('every screen of the tour %s', (name) => {
  test('has no violation of WCAG 2.2 AA that axe can see, light and dark', LONG, async () => {
    expect(await walk(name, { find: inBothSchemes })).toEqual([])
  })

  test('is whole at 320 px and in letters twice as large', LONG, async () => {
    const find: Look['find'] = async (page, screen) => [
      ...(await findCutOff(page, `${screen}, 200 %`)),
      ...(await atUsualSize(page, () => findCutOff(page, `${screen}, 320 px`))),
    ]
    expect(await walk(name, { width: 320, fontSize: 32, find })).toEqual([])
  })
})

/** The phone's letters are set to 200 %; a page can be brought back to the usual size by its root. */
async function atUsualSize<T>(page: Parameters<Tour['show']>[1], work: () => Promise<T>): Promise<T> {
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px')
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '16px'))
  try {
    return await work()
  } finally {
    await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
  }
}
