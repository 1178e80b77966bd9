/**
 * The routes of the frame's screens. Only the landing is in the first load; the features' routes load with the first
 * address that the frame does not know.
 */
import type { App } from 'vue'
import { createRouter, createWebHistory, type Router } from 'vue-router'
import InicioView from './InicioView.vue'

export function makeRouter(app: App): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', component: InicioView },
      { path: '/aviso/:id', component: () => import('./AvisoView.vue'), props: true },
      { path: '/avisos', component: () => import('./AvisosView.vue') },
      { path: '/mas', component: () => import('./MasView.vue') },
      { path: '/ajustes', component: () => import('./AjustesView.vue') },
      { path: '/accesibilidad', component: () => import('./AccesibilidadView.vue') },
      { path: '/:rest(.*)*', name: 'unknown', component: () => import('./NotFoundView.vue') },
    ],
    // a page that is opened begins at its top; moving there would lay out the screen a time more
    scrollBehavior: (to, from, saved) =>
      saved ?? (to.path === from.path || !from.matched.length ? undefined : { top: 0 }),
  })
  const stop = router.beforeEach(async (to) => {
    if (to.name !== 'unknown') return true
    const { installFeatures, withFragment } = await import('./features')
    stop()
    installFeatures(app, router)
    return withFragment(to)
  })
  return router
}
