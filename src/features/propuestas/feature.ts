/** The consultation: its form, its published propuestas, and its parts of the shared screens. */
import { defineAsyncComponent } from 'vue'
import type { CampaignFeature } from '@/features/feature'
import { t } from './words'

const routes: CampaignFeature['routes'] = [
  {
    path: '/c/:slug/publicadas',
    name: 'publicadas',
    component: () => import('./PublicadasView.vue'),
    props: true,
  },
  {
    path: '/c/:slug/publicadas/:folio',
    name: 'publicada',
    component: () => import('./results/PropuestaView.vue'),
    props: true,
  },
  {
    path: '/c/:slug/resultados',
    name: 'resultados',
    component: () => import('./results/ResultadosView.vue'),
    props: true,
  },
  {
    path: '/c/:slug/mesa',
    name: 'mesa',
    component: () => import('./mesa/MesaView.vue'),
    props: true,
  },
  {
    path: '/c/:slug/estrategia',
    name: 'estrategia',
    component: () => import('./results/EstrategiaView.vue'),
    props: true,
  },
  {
    path: '/c/:slug/propuesta/:draft/:step',
    name: 'propuesta',
    component: () => import('./PropuestaFormView.vue'),
    props: true,
  },
]

export const feature: CampaignFeature = {
  kind: 'propuestas',
  formPath: 'propuesta',
  words: t,
  published: 'publicadas',
  Body: defineAsyncComponent(() => import('./PropuestasBody.vue')),
  Standing: defineAsyncComponent(() => import('./AnalysisStanding.vue')),
  Sent: defineAsyncComponent(() => import('./PropuestaSent.vue')),
  ownData: async (...of) => (await import('./own/ownData')).ownData(...of),
  correction: {
    Version: defineAsyncComponent(() => import('./PropuestaVersion.vue')),
    fetchForm: async () => (await import('./correction')).correction,
  },
  routes,
}
