/** What only the browser's own tools can do to an app's service worker: wake it, end it. */
import type { Page } from '@playwright/test'

interface Version {
  versionId: string
  registrationId: string
  runningStatus: string
}

export interface Worker {
  /** The browser wakes it, as when signal is back and no tab is open. */
  wake(): Promise<void>
  /** The browser ends it in the middle of what it does. Do not navigate without network after it: Chromium crashes. */
  stop(): Promise<void>
  isRunning(): boolean
}

/** The service worker of `origin`, watched from a page that is none of the app's. */
export async function watchWorker(blank: Page, origin: string): Promise<Worker> {
  const session = await blank.context().newCDPSession(blank)
  const versions = new Map<string, Version>()
  const heard = new Promise<void>((resolve) =>
    session.on('ServiceWorker.workerVersionUpdated', (news) => {
      for (const version of news.versions) versions.set(version.versionId, version)
      if (versions.size > 0) resolve()
    }),
  )
  await session.send('ServiceWorker.enable')
  const known = async (): Promise<Version> => {
    await heard
    return [...versions.values()].at(-1)!
  }
  return {
    async wake() {
      const { registrationId } = await known()
      const event = { origin, registrationId, tag: 'outbox', lastChance: false }
      await session.send('ServiceWorker.dispatchSyncEvent', event)
    },
    async stop() {
      await session.send('ServiceWorker.stopWorker', { versionId: (await known()).versionId })
    },
    isRunning: () => [...versions.values()].some(({ runningStatus }) => runningStatus === 'running'),
  }
}
