/** The addresses of the findings, of the results and of the renewed text, inside `/equipo`. Each page is a lazy chunk of the staff's. */
import type { RouteRecordRaw } from 'vue-router'

export const routes: readonly RouteRecordRaw[] = [
  {
    path: 'hallazgos/:id?',
    name: 'staff-findings',
    component: () => import('./hallazgos/HallazgosView.vue'),
    props: true,
  },
  {
    path: 'hallazgos/:id/parecidas',
    name: 'staff-twins',
    component: () => import('./hallazgos/TwinsView.vue'),
    props: true,
  },
  {
    path: 'hallazgos/:id/:finding',
    name: 'staff-finding',
    component: () => import('./hallazgos/FindingView.vue'),
    props: true,
  },
  {
    path: 'resultados',
    name: 'staff-results',
    component: () => import('./resultados/ConsultasView.vue'),
  },
  {
    path: 'resultados/:id',
    name: 'staff-results-of',
    component: () => import('./resultados/PublicarView.vue'),
    props: true,
  },
  {
    path: 'resultados/:id/estrategia',
    name: 'staff-renewal',
    component: () => import('./resultados/RenovarView.vue'),
    props: true,
  },
]
