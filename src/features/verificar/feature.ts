/** The page on which anybody verifies a constancia, offline too. */
import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [{ path: '/verificar', component: () => import('./VerificarView.vue') }]

export const feature = { routes }
