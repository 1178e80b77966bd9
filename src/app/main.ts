/**
 * The first load: frame, router and landing. The service worker is registered after the first paint, so that a slow
 * phone shows text first. The database and the senders load after the worker has cached their files.
 */
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import '@/ui/tokens.css'
import '@/ui/base.css'
import App from './App.vue'
import { afterFirstPaint } from './afterFirstPaint'
import { restoreAccent } from '@/ui/accentMemory'
import { reloadOnceOnLostChunks } from './lostChunks'
import { makeRouter } from './router'
import { usePwaStore } from './stores/pwa'
import { whenKept } from './whenKept'

restoreAccent()
const app = createApp(App)
const router = makeRouter(app)
app.use(createPinia()).use(router)
const pwa = usePwaStore()

reloadOnceOnLostChunks(router)
app.mount('#app')

afterFirstPaint(async () => {
  await whenKept()
  await import('@/features/kinds')
  const { startSync } = await import('@/sync/start')
  startSync()
  const { startUploads } = await import('@/media/start')
  startUploads()
  await pwa.follow()
})
if (import.meta.env.PROD) afterFirstPaint(pwa.register)
