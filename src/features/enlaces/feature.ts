/** The ways back to a submission from any device: its private link, its folio, or a letter that recovers the link. */
import type { RouteRecordRaw } from 'vue-router'
import { hideFragment } from './arrivedLink'

const routes: RouteRecordRaw[] = [
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
