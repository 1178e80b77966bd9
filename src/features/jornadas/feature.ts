/** The citizens' screens of the jornadas: the registration, the status of each day, and the pass for the door. */
import { defineAsyncComponent } from 'vue'
import type { CampaignFeature } from '@/features/feature'
import statusWords from '@/i18n/es-MX/jornadasStatus.json'
import { t } from './words'

const routes: CampaignFeature['routes'] = [
  {
    path: '/c/:slug/inscripcion/:draft/:step',
    name: 'inscripcion',
    component: () => import('./InscripcionFormView.vue'),
    props: true,
  },
  {
    path: '/envios/:id/pase/:jornada',
    name: 'pase',
    component: () => import('./PaseView.vue'),
    props: true,
  },
  {
    path: '/envios/:id/constancia',
    component: () => import('./ConstanciaView.vue'),
    props: true,
  },
  {
    path: '/envios/:id/encuesta/:jornada',
    component: () => import('./EncuestaView.vue'),
    props: true,
  },
]

export const feature: CampaignFeature = {
  kind: 'jornadas',
  formPath: 'inscripcion',
  words: t,
  usted: true,
  statusWords,
  pendingWords: {
    'registration.cancel_day': statusWords['pending.day'],
    'registration.accept_offer': statusWords['pending.day'],
    'registration.move_day': statusWords['pending.day'],
    'survey.answer': statusWords['pending.survey'],
  },
  Body: defineAsyncComponent(() => import('./JornadasBody.vue')),
  Standing: defineAsyncComponent(() => import('./RegistrationDays.vue')),
  Offer: defineAsyncComponent(() => import('./AcceptOffer.vue')),
  Sent: defineAsyncComponent(() => import('./RegistrationSent.vue')),
  routes,
}
