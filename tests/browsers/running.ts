/** The browsers of a test file: started on profiles of its own, ended after each test. */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach } from 'vitest'
import type { Browser, Kind } from './browser'
import { endScreen } from './screen'
import type { Stage } from './stage'

export interface Running {
  newProfile(): string
  /** Starts a browser, on a new profile when none is given. */
  launch<B extends Browser>(kind: Kind<B>, profile?: string): Promise<B>
  /** The browser dies and starts again on its profile, or, where it would keep nothing, loads the page again. */
  comeBack(kind: Kind, browser: Browser, profile: string): Promise<Browser>
}

/** Says why a browser is not tried, or not all of it. */
export function tellLimits(kinds: Kind[]): void {
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
