/** What only the browser's own tools can do to a phone: freeze a tab, fill the disk. */
import type { CDPSession, Page } from 'playwright-core'

/** Freezes a tab as the system does with one that is long out of sight, and wakes it. */
export async function freezer(page: Page): Promise<(isFrozen: boolean) => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  return async (isFrozen) => {
    await session.send('Page.setWebLifecycleState', { state: isFrozen ? 'frozen' : 'active' })
  }
}

/** Leaves the app this many bytes of disk; null: as many as there are. */
export async function diskOf(page: Page, origin: string): Promise<(bytes: number | null) => Promise<void>> {
  const session: CDPSession = await page.context().newCDPSession(page)
  return async (bytes) => {
    await session.send('Storage.overrideQuotaForOrigin', {
      origin,
      ...(bytes !== null && { quotaSize: bytes }),
    })
  }
}
