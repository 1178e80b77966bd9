/** The browsers of a test file: started on profiles of its own, ended after each test. */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach } from 'vitest'
import type { Browser, Kind } from './browser'
import { endScreen } from './screen'
import type { Stage } from './stage'

export interface Running {
  newProfile(): string
  /** Starts a browser, on a new profile by default. */
  launch<B extends Browser>(kind: Kind<B>, profile?: string): Promise<B>
  /**
   * Kills the browser and starts it again on its profile, or reloads the page if the browser keeps no profile.
   */
  comeBack(kind: Kind, browser: Browser, profile: string): Promise<Browser>
}

/** Reports why a browser is skipped or tested only in part. */
export function reportLimits(kinds: Kind[]): void {
  for (const { name, missing, keepsProfile } of kinds) {
    if (missing) console.warn(`skipped: ${name}, because ${missing}`)
    else if (!keepsProfile) console.info(`${name}: its session keeps no profile, so pages are reloaded only`)
  }
}

export function useBrowsers(stage: Stage): Running {
  const running = new Set<Browser>()
  const newProfile = () => mkdtempSync(join(stage.scratch, 'profile-'))
  async function launch<B extends Browser>(kind: Kind<B>, profile = newProfile()): Promise<B> {
    const browser = await kind.launch(profile)
    running.add(browser)
    return browser
  }
  afterEach(async () => {
    for (const browser of running) await browser.kill9()
    running.clear()
  })
  afterAll(endScreen)
  return {
    newProfile,
    launch,
    async comeBack(kind, browser, profile) {
      if (!kind.keepsProfile) {
        await browser.open(stage.network.origin)
        return browser
      }
      await browser.kill9()
      running.delete(browser)
      const again = await launch(kind, profile)
      await again.open(stage.network.origin)
      return again
    },
  }
}
