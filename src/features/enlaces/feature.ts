/** How a person reaches a submission from any device: by private link, by folio, or by a link recovered by e-mail. */
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
