/** The disk space that the browser gives an app. */
import type { Page } from '@playwright/test'

export interface Disk {
  /** Sets the app's quota in bytes; null restores the real one. The limit ends with the page. */
  limit(bytes: number | null): Promise<void>
  used(): Promise<number>
}

export async function diskOf(page: Page, origin: string): Promise<Disk> {
  const session = await page.context().newCDPSession(page)
  return {
    async limit(bytes) {
      const quota = bytes === null ? {} : { quotaSize: bytes }
      await session.send('Storage.overrideQuotaForOrigin', { origin, ...quota })
    },
    used: async () => (await session.send('Storage.getUsageAndQuota', { origin })).usage,
  }
}
