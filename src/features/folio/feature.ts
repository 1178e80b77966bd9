/** What a citizen does after sending: the list on this phone, the status page, and the ways back to it. */
import type { RouteRecordRaw } from 'vue-router'
import { hideFragment } from './arrivedLink'

const routes: RouteRecordRaw[] = [
  { path: '/envios', component: () => import('./MisEnviosView.vue') },
  { path: '/envios/:id', component: () => import('./EnvioView.vue'), props: true },
  { path: '/envios/:id/corregir', component: () => import('./CorregirView.vue'), props: true },
  {
    path: '/folio',
    component: () => import('./AbrirFolioView.vue'),
    beforeEnter: (to) => {
      if (to.hash === '') return true
      hideFragment(to.hash)
      return { path: '/folio', hash: '', replace: true }
    },
  },
  { path: '/recuperar', component: () => import('./RecuperarView.vue') },
]

export const feature = { routes }
