/** The consultation: its page, its form, what was published. Every screen is its own lazy chunk. */
import type { CampaignFeature } from '@/features/feature'

const routes: CampaignFeature['routes'] = [
  { path: '/c/:slug', name: 'convocatoria', component: () => import('./ConvocatoriaView.vue'), props: true },
  { path: '/c/:slug/insumo/:id', name: 'insumo', component: () => import('./InsumoView.vue'), props: true },
  {
    path: '/c/:slug/publicadas',
    name: 'publicadas',
    component: () => import('./PublicadasView.vue'),
    props: true,
  },
  {
    path: '/c/:slug/propuesta/:draft/:step',
    name: 'propuesta',
    component: () => import('./PropuestaFormView.vue'),
    props: true,
  },
  { path: '/guardado/:id', name: 'guardado', component: () => import('./SavedView.vue'), props: true },
]

export const feature: CampaignFeature = { kind: 'propuestas', routes }
