/**
 * The first load: frame, router and landing. The service worker is registered after the first paint, so that a slow
 * phone shows text first. The database and the senders load after the worker has cached their files.
 */
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { keepClock } from '@/data/keptClock'
import '@/ui/tokens.css'
import '@/ui/base.css'
import App from './App.vue'
import { afterFirstPaint } from './afterFirstPaint'
import { keepInstallOffer } from './installOffer'
import { restoreAccent } from '@/ui/accentMemory'
import { reloadOnceOnLostChunks } from './lostChunks'
import { makeRouter } from './router'

restoreAccent()
keepClock()
const app = createApp(App)
const router = makeRouter(app)
app.use(createPinia()).use(router)

keepInstallOffer()
reloadOnceOnLostChunks(router)
app.mount('#app')

afterFirstPaint(async () => (await import('./engines')).startEngines())
if (import.meta.env.PROD) afterFirstPaint(async () => (await import('./engines')).registerWorker())
