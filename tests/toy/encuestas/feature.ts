import { wordsWith } from '@/campaign/words'
import type { CampaignFeature } from '@/features/feature'
import AnswerSent from './AnswerSent.vue'

export const feature: CampaignFeature = {
  kind: 'encuestas',
  formPath: 'respuesta',
  words: wordsWith({}),
  statusWords: {
    'meaning.received': 'Ya tenemos tu respuesta.',
    'pending.submit': 'Tu respuesta está en este teléfono.',
  },
  Body: {},
  Sent: AnswerSent,
  routes: [],
}
