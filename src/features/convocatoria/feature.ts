/** The page of a campaign of any kind, its documents, and the page after sending. */
import type { Feature } from '@/features/feature'

export const feature: Feature = {
  routes: [
    {
      path: '/c/:slug',
      name: 'convocatoria',
      component: () => import('./ConvocatoriaView.vue'),
      props: true,
    },
    { path: '/c/:slug/insumo/:id', name: 'insumo', component: () => import('./InsumoView.vue'), props: true },
    {
      path: '/guardado/:id',
      name: 'guardado',
      component: () => import('@/campaign/submission/SavedView.vue'),
      props: true,
    },
    {
      path: '/vista-previa',
      name: 'vista-previa',
      component: () => import('./PreviewView.vue'),
      meta: { area: 'preview' },
    },
  ],
}
