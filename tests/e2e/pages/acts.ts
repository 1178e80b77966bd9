/** What a person does before a page of the table is what its row says. */
import type { Page } from '@playwright/test'
import { button, heading } from '../steps'
import { propuestas } from '../words'

/** Begins the draft of this step, unless an earlier row did, and comes back to the step. */
export async function beginOwnDraft(page: Page): Promise<void> {
  const here = page.url()
  const gone = heading(page, propuestas('form.gone.title'))
  if (!(await gone.isVisible())) return
  await page.goto(here.replace(/[^/]+$/u, 'aviso'))
  await button(page, propuestas('step.aviso.continue')).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/aviso'))
  await page.goto(here)
  await page.locator('.page h1').waitFor()
  await gone.waitFor({ state: 'detached' })
}
