/** The call for videos: its form, its gallery, and its parts of the shared screens. */
import { defineAsyncComponent } from 'vue'
import type { CampaignFeature } from '@/features/feature'
import statusWords from '@/i18n/es-MX/videosStatus.json'
import { lacksTranscript } from './lacksTranscript'
import { t } from './words'

const routes: CampaignFeature['routes'] = [
  {
    path: '/c/:slug/galeria/:folio?',
    name: 'galeria',
    component: () => import('./GaleriaView.vue'),
    props: true,
  },
  {
    path: '/c/:slug/video/:draft/:step',
    name: 'video',
    component: () => import('./VideoFormView.vue'),
    props: true,
  },
  { path: '/compartir', component: () => import('./film/shared/SharedView.vue') },
  { path: '/autorizar', component: () => import('./letter/AutorizarView.vue') },
  { path: '/envios/:id/archivo', component: () => import('./ReplaceVideoView.vue'), props: true },
  {
    path: '/envios/:id/subtitulos',
    component: () => import('./captions/own/SubtitulosView.vue'),
    props: true,
  },
]

export const feature: CampaignFeature = {
  kind: 'videos',
  formPath: 'video',
  words: t,
  statusWords,
  pendingWords: {
    'video.attach': statusWords['pending.attach'],
    'video.replace': statusWords['pending.replace'],
  },
  published: 'galeria',
  Body: defineAsyncComponent(() => import('./VideosBody.vue')),
  Standing: defineAsyncComponent(() => import('./VideoStanding.vue')),
  Sent: defineAsyncComponent(() => import('./VideoSent.vue')),
  Pending: defineAsyncComponent(() => import('./TransferCard.vue')),
  correction: {
    Version: defineAsyncComponent(() => import('./VideoVersion.vue')),
    adds: lacksTranscript,
    fetchForm: async () => (await import('./correction')).correction,
  },
  routes,
}
