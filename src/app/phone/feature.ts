/** What this phone keeps: what to do when it is gone, a file of what was not sent, and reading everything anew. */
import type { Feature } from '@/features/feature'

export const feature: Feature = {
  routes: [
    { path: '/ajustes/borrado', component: () => import('./BorradoView.vue') },
    { path: '/ajustes/archivo', component: () => import('./ArchivoView.vue') },
  ],
}
