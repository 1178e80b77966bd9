/**
 * How a person reaches a submission from any device: by private link, by folio, or by a link recovered by e-mail. And the
 * page of the links in letters.
 */
import type { NavigationGuardWithThis, RouteRecordRaw } from 'vue-router'
import { parseLink } from '@/domain/privateLink'
import { hideFragment } from './arrivedLink'

/**
 * What follows the # is a secret: it leaves the address bar before anything is loaded. So does a link that stands in the
 * parameters, where a `%23` behind other parameters puts it.
 */
const beforeEnter: NavigationGuardWithThis<undefined> = (to) => {
  if (to.hash === '' && !parseLink(to.fullPath)) return true
  hideFragment(to.hash || to.fullPath)
  return { path: to.path, hash: '', replace: true }
}

const routes: RouteRecordRaw[] = [
  { path: '/folio', component: () => import('./AbrirFolioView.vue'), beforeEnter },
  { path: '/tarjeta', component: () => import('./card/TarjetaView.vue'), beforeEnter },
  { path: '/correo', component: () => import('./letter/CorreoView.vue'), beforeEnter },
  { path: '/recuperar', component: () => import('./RecuperarView.vue') },
]

export const feature = { routes }
