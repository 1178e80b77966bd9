/** What a citizen does after sending: the list on this phone, and the status page of each submission. */
import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/envios', component: () => import('./MisEnviosView.vue') },
  { path: '/envios/:id', component: () => import('./EnvioView.vue'), props: true },
  { path: '/envios/:id/corregir', component: () => import('./CorregirView.vue'), props: true },
]

export const feature = { routes }
