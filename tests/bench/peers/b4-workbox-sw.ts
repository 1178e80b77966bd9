/**
 * A worker as developer.chrome.com/docs/workbox/modules/workbox-background-sync describes it, with its
 * `statusPlugin`, which counts a 5xx as a failure too.
 */
import { BackgroundSyncPlugin } from 'workbox-background-sync'
import { registerRoute } from 'workbox-routing'
import { NetworkOnly } from 'workbox-strategies'

declare const self: ServiceWorkerGlobalScope

const queue = new BackgroundSyncPlugin('records', { maxRetentionTime: 24 * 60 })
const statusPlugin = {
  fetchDidSucceed: async ({ response }: { response: Response }) => {
    if (response.status >= 500) throw new Error('Server error.')
    return response
  },
}
const strategy = new NetworkOnly({ plugins: [statusPlugin, queue as object] })
for (const method of ['POST', 'PATCH'] as const) {
  registerRoute(({ url }) => url.pathname.startsWith('/rest/v1/'), strategy, method)
}

self.addEventListener('install', () => void self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
