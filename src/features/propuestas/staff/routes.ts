/** The addresses of the findings, of the results and of the renewed text, of paper and brigade, inside `/equipo`. Each page is a lazy chunk of the staff's. */
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
    path: 'hallazgos/:id/sugerencias',
    name: 'staff-groups',
    component: () => import('./hallazgos/SugerenciasView.vue'),
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
  {
    path: 'resultados/:id/mesa',
    name: 'staff-mesa',
    component: () => import('./mesa/MesaDeskView.vue'),
    props: true,
  },
  {
    path: 'resultados/:id/acta',
    name: 'staff-acta',
    component: () => import('./mesa/ActaView.vue'),
    props: true,
  },
  {
    path: 'captura',
    name: 'staff-captures',
    component: () => import('./captura/CapturaView.vue'),
  },
  {
    path: 'captura/:id/hoja',
    name: 'staff-sheet',
    component: () => import('./captura/HojaView.vue'),
    props: true,
  },
  {
    path: 'captura/:id/papel',
    name: 'staff-paper',
    component: () => import('./captura/PapelView.vue'),
    props: true,
  },
  {
    path: 'captura/:id/comprobantes',
    name: 'staff-slips',
    component: () => import('./captura/ComprobantesView.vue'),
    props: true,
  },
  {
    path: 'captura/:id/tarjetas',
    name: 'staff-cards',
    component: () => import('./captura/TarjetasView.vue'),
    props: true,
  },
  {
    path: 'captura/:id/brigada',
    name: 'staff-brigade',
    component: () => import('./captura/BrigadaView.vue'),
    props: true,
  },
  {
    path: 'captura/:id/entregar',
    name: 'staff-hand-over',
    component: () => import('./captura/EntregarView.vue'),
    props: true,
  },
  {
    path: 'resultados/:id/seguimiento',
    name: 'staff-followups',
    component: () => import('./resultados/SeguimientoView.vue'),
    props: true,
  },
]
