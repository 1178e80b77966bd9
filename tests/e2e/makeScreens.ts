/** The pictures of `npm run screens`: every screen and state at 360×740, light and dark, as whole pages, and the README's. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openPhone, removeProfiles, whileWhole } from '../support/browser'
import { startProxy } from '../support/proxy'
import { readOpenCampaign } from './api'
import { startBackend } from './backend'
import { takeOfDemonstration, takeOfTour } from './readmePictures'
import { TOURS } from './tour/all'

const FOLDER = join(import.meta.dirname, '../../screens')

/** Takes pictures of the whole page, with its bars at the end. */
const takePictures = (page: Page, name: string) =>
  whileWhole(page, async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const file = `${name}-${colorScheme}.png`
      await page.screenshot({ path: join(FOLDER, file), fullPage: true, animations: 'disabled' })
      console.info(`screens/${file}`)
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  })

/** The name that stands for the pictures of the demonstration, beside those of the tours. */
const DEMONSTRATION = 'demonstration'

/**
 * Runs all tours, or the named ones, and writes `screens/<nn>-<name>-<scheme>.png` and the README's pictures of them.
 * Prints each name.
 */
export async function makeScreens(names: string[] = [...Object.keys(TOURS), DEMONSTRATION]): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER)
  const backend = await startBackend()
  const network = await startProxy(backend.origin)
  const { database } = backend
  const scratch = mkdtempSync(join(tmpdir(), 'convoca-scratch-'))
  let taken = 0
  const show = async (name: string, page: Page) => {
    taken += 1
    await takePictures(page, `${String(taken).padStart(2, '0')}-${name}`)
    await takeOfTour(name, page)
  }
  try {
    const campaign = await readOpenCampaign(database)
    for (const name of names.filter((one) => one !== DEMONSTRATION)) {
      await TOURS[name]!({
        network,
        database,
        campaign,
        scratch,
        phone: (options) => openPhone(network, undefined, options),
        show,
      })
      network.mend()
    }
    if (names.includes(DEMONSTRATION)) await takeOfDemonstration()
  } finally {
    await removeProfiles()
    await network.close()
    await backend.stop()
    rmSync(scratch, { recursive: true, force: true })
  }
  console.info(`${taken} screens, ${taken * 2} pictures`)
}
