/** Screens about this phone's data: what to do after an eviction, and the file of unsent data. */
import type { Feature } from '@/features/feature'

export const feature: Feature = {
  routes: [
    { path: '/ajustes/borrado', component: () => import('./BorradoView.vue') },
    { path: '/ajustes/archivo', component: () => import('./ArchivoView.vue') },
  ],
}
