/** Addresses of the frame's own screens and of every island. Only the landing is in the first load. */
import { createRouter, createWebHistory, type Router } from 'vue-router'
import { FEATURES } from './features'
import InicioView from './InicioView.vue'

export function makeRouter(): Router {
  return createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', component: InicioView },
      { path: '/aviso/:id', component: () => import('./AvisoView.vue'), props: true },
      { path: '/avisos', component: () => import('./AvisosView.vue') },
      { path: '/mas', component: () => import('./MasView.vue') },
      { path: '/ajustes', component: () => import('./AjustesView.vue') },
      { path: '/accesibilidad', component: () => import('./AccesibilidadView.vue') },
      ...FEATURES.flatMap((feature) => feature.routes),
      { path: '/:rest(.*)*', component: () => import('./NotFoundView.vue') },
    ],
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
  })
}
