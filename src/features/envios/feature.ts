/** The list of submissions on this phone, and the status and correction pages of each. */
import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/envios', component: () => import('./MisEnviosView.vue') },
  { path: '/envios/:id', component: () => import('./EnvioView.vue'), props: true },
  { path: '/envios/:id/corregir', component: () => import('./CorregirView.vue'), props: true },
]

export const feature = { routes }
