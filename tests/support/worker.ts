/** Control over an app's service worker with the browser's own tools: wake it and stop it. */
import type { BrowserContext, Page } from '@playwright/test'

interface Version {
  versionId: string
  registrationId: string
  runningStatus: string
}

export interface Worker {
  /** Wakes the worker, as the browser does when signal returns and no tab is open. */
  wake(): Promise<void>
  /**
   * Ends the worker in the middle of its work. Do not navigate without network afterwards: Chromium crashes.
   */
  stop(): Promise<void>
  isRunning(): boolean
}

/** Watches the service worker of `origin` from a page outside the app. */
export async function watchWorker(blank: Page, origin: string): Promise<Worker> {
  const session = await blank.context().newCDPSession(blank)
  const versions = new Map<string, Version>()
  const registered = new Promise<void>((resolve) =>
    session.on('ServiceWorker.workerVersionUpdated', (news) => {
      for (const version of news.versions) versions.set(version.versionId, version)
      if (versions.size > 0) resolve()
    }),
  )
  await session.send('ServiceWorker.enable')
  const known = async (): Promise<Version> => {
    await registered
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

/** What gives the worker of `origin` a push, as the browser does when one comes, from a page outside the app. */
export async function watchPushes(blank: Page, origin: string): Promise<(data: string) => Promise<void>> {
  const session = await blank.context().newCDPSession(blank)
  const registered = new Promise<string>((resolve) =>
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin))
      if (own) resolve(own.registrationId)
    }),
  )
  await session.send('ServiceWorker.enable')
  const registrationId = await registered
  return async (data) =>
    void (await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data }))
}

/** What a worker has that a page lacks. */
interface WorkerScope extends EventTarget {
  registration: ServiceWorkerRegistration
  clients: { openWindow(url: string): Promise<unknown> }
  NotificationEvent: new (type: string, init: { notification: Notification }) => Event
}

/**
 * Taps the only notification, as the browser does: the worker gets its event. A browser opens a window for a person's tap
 * alone, so here the given page goes where the worker asked for one.
 */
export async function tapNotification(context: BrowserContext, page: Page): Promise<Page> {
  const [worker] = context.serviceWorkers()
  const asked = await worker!.evaluate(async () => {
    const scope = globalThis as unknown as WorkerScope
    const [notification] = await scope.registration.getNotifications()
    return await new Promise<string>((resolve) => {
      scope.clients.openWindow = async (url) => resolve(url)
      scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification: notification! }))
    })
  })
  await page.goto(new URL(asked, page.url()).href)
  return page
}
