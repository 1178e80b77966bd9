/**
 * The islands of this app, loaded after the landing. A new kind of campaign adds its folder in `features/`
 * and its line here.
 */
import type { App } from 'vue'
import type { Router } from 'vue-router'
import { ISLANDS } from '@/campaign/islands'
import { feature as convocatoria } from '@/features/convocatoria/feature'
import type { Feature } from '@/features/feature'
import { feature as enlaces } from '@/features/enlaces/feature'
import { feature as envios } from '@/features/envios/feature'
import { feature as jornadas } from '@/features/jornadas/feature'
import { feature as propuestas } from '@/features/propuestas/feature'
import { feature as videos } from '@/features/videos/feature'
import { feature as staff } from '@/staff/feature'
import { useSyncStore } from '@/sync/syncStore'
import { followKeyboard } from './keyboardInset'
import { feature as phone } from './phone/feature'

const FEATURES: readonly Feature[] = [
  convocatoria,
  propuestas,
  videos,
  jornadas,
  envios,
  enlaces,
  phone,
  staff,
]

/** Adds the addresses and the kinds of campaign to the running app, and follows what their screens and forms need. */
export function installFeatures(app: App, router: Router): void {
  app.provide(ISLANDS, { propuestas, videos, jornadas })
  for (const route of FEATURES.flatMap(({ routes }) => routes)) router.addRoute(route)
  followKeyboard()
  void useSyncStore().follow()
}
