/**
 * The first load: frame, router and landing. The service worker is registered after the first screen, so that a slow
 * phone shows text first. The database and the senders load after the worker has cached their files.
 */
import './early'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import '@/ui/tokens.css'
import '@/ui/base.css'
import { afterFirstScreen, awaitForFirstScreen } from '@/data/firstScreen'
import { useInstitutionStore } from '@/data/institutionStore'
import App from './App.vue'
import { keepInstallOffer } from './installOffer'
import { restoreAccent } from '@/ui/accentMemory'
import { reloadOnceOnLostChunks } from './lostChunks'
import { makeRouter } from './router'

const pinia = createPinia()
awaitForFirstScreen(useInstitutionStore(pinia).load())

restoreAccent()
const app = createApp(App)
const router = makeRouter(app)
app.use(pinia).use(router)
awaitForFirstScreen(router.isReady())

keepInstallOffer()
reloadOnceOnLostChunks(router)
app.mount('#app')

/** Loads what runs behind every screen, and starts a part of it. */
const start = async (part: 'startEngines' | 'registerWorker') => (await import('./engines'))[part]()
void afterFirstScreen().then(() => {
  start('startEngines').catch(console.error)
  if (import.meta.env.PROD) start('registerWorker').catch(console.error)
})
