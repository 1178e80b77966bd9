/**
 * The service worker. It serves the app without signal, answers public reads from its cache, and sends while the app is
 * closed. It never caches an answer to a POST or to a request with a token. A new version waits until the page asks for
 * it or every tab is closed; until then the old version keeps its files.
 */
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import type { PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { NetworkFirst, StaleWhileRevalidate } from 'workbox-strategies'
import '@/features/kinds'
import { listKinds, type KeptRead } from '@/domain/kinds'
import { sendAllInBackground } from '@/media/background'
import { keepShared, SHARE_PATH } from '@/media/sharedFile'
import { NOT_PAGES } from './pages'
import { isPublicRead, onlyOurs } from './publicReads'
import { tellsPage } from './tellsPage'

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] }

/** Background Sync is not in TypeScript's library (WICG background-sync). */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

/** The time for sending in the background; the next opening sends the rest. */
const BACKGROUND_MS = 120_000

/** The public reads of every kind. Their last answers stay readable offline; the bytes of videos do not. */
const READS = listKinds().flatMap(({ publicReads }) => Object.entries(publicReads ?? {}))
const isKept = (context: Parameters<typeof isPublicRead>[0], as: KeptRead) =>
  READS.some(([fn, kept]) => kept === as && isPublicRead(context, fn))

precacheAndRoute(self.__WB_MANIFEST)
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html'), { denylist: NOT_PAGES }))

registerRoute(
  (context) => isPublicRead(context, 'bootstrap'),
  new StaleWhileRevalidate({ cacheName: 'bootstrap', plugins: [onlyOurs, tellsPage] }),
)
registerRoute(
  (context) => isKept(context, 'stale-while-revalidate'),
  new StaleWhileRevalidate({ cacheName: 'registry', plugins: [onlyOurs] }),
)
registerRoute(
  (context) => isKept(context, 'network-first'),
  new NetworkFirst({ cacheName: 'published', plugins: [onlyOurs] }),
)

// What another app shares is on disk before the page that tells it opens.
registerRoute(
  ({ url }) => url.pathname === SHARE_PATH,
  async ({ request }) => {
    const outcome = await keepShared(request).then(
      () => '',
      () => '?falta',
    )
    return Response.redirect(SHARE_PATH + outcome, 303)
  },
  'POST',
)

// Code that is not precached. The page that used it fills a cache (src/media/keptCode.ts).
registerRoute(
  ({ url }) => /^\/assets\/(staff|video|codes|likeness|voice|online)-/u.test(url.pathname),
  async ({ request }) => (await caches.match(request, { ignoreVary: true })) ?? fetch(request),
)

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting()
})

self.addEventListener('sync', (event) => {
  const { tag } = event as SyncEvent
  if (tag === 'outbox') (event as SyncEvent).waitUntil(sendAllInBackground(BACKGROUND_MS))
})

/** What send-mail wrote. The words come with it, so that the worker holds none. */
self.addEventListener('push', (event) => {
  const { title, ...words } = event.data!.json() as NotificationOptions & { title: string }
  event.waitUntil(self.registration.showNotification(title, { ...words, tag: 'news', icon: '/icon-192.png' }))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow('/envios'))
})
