/** How much disk the browser gives an app. */
import type { Page } from '@playwright/test'

export interface Disk {
  /** The app may keep this many bytes in all; null: as many as there are. Lasts as long as the page. */
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
