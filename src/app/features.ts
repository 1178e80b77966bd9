/**
 * The features of this app, loaded after the landing: the `feature.ts` of each folder in `features/`. A new kind of
 * campaign adds a folder there and changes nothing here.
 */
import type { App } from 'vue'
import type { RouteLocation, RouteLocationRaw, RouteRecordRaw, Router } from 'vue-router'
import { ISLANDS, type Islands } from '@/campaign/islands'
import type { CampaignFeature, Feature } from '@/features/feature'
import { readFirst } from '@/data/firstRead'
import { awaitForFirstScreen, databaseTurn, isFirstVisit } from '@/data/firstScreen'
import '@/features/kinds'
import { useSyncStore } from '@/sync/syncStore'
import { followKeyboard } from './keyboardInset'
import { feature as phone } from './phone/feature'
import { forgetSharedAddress } from './sharedAddress'

const folders = Object.values(
  import.meta.glob<Feature | CampaignFeature>('../features/*/feature.ts', { eager: true, import: 'feature' }),
)
const FEATURES: readonly Feature[] = [...folders, phone]

const islands: Islands = Object.fromEntries(
  folders.flatMap((feature) => ('kind' in feature ? [[feature.kind, feature]] : [])),
)

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The address with the fragment that stands behind a `#` or, as some mail clients write it, behind `%23` or `%2523`. */
export function withFragment({ path, query, hash }: RouteLocation): RouteLocationRaw {
  const [, page, rest] = /^(.*?)%(?:25)*23(.*)$/u.exec(path) ?? []
  return page === undefined || rest === undefined
    ? { path, query, hash }
    : { path: page, query, hash: `#${decoded(rest)}${hash}` }
}

/** Stands for every address of the staff until the first of them is opened, which loads their routes. */
const staffDoor = (router: Router): RouteRecordRaw => ({
  path: '/equipo/:rest(.*)*',
  name: 'staff',
  component: () => import('./NotFoundView.vue'), // never shown: the address has its own page by then
  async beforeEnter(to) {
    const { routes } = await import('./staffPieces')
    router.removeRoute('staff')
    for (const route of routes) router.addRoute(route)
    return to.fullPath
  },
})

/** Adds the features' routes and kinds of campaign to the app, and starts the services that their screens need. */
export function installFeatures(app: App, router: Router): void {
  if (isFirstVisit() && location.pathname.startsWith('/c/')) awaitForFirstScreen(readFirst())
  forgetSharedAddress(router)
  app.provide(ISLANDS, islands)
  for (const route of FEATURES.flatMap(({ routes }) => routes)) router.addRoute(route)
  router.addRoute(staffDoor(router))
  followKeyboard()
  void databaseTurn().then(() => useSyncStore().follow())
}
