import type { KindIsland } from '@/staff/kinds'
import AnswerReview from './AnswerReview.vue'

export const island: KindIsland<'encuestas'> = {
  kind: 'encuestas',
  names: { one: 'Respuesta', many: 'Respuestas', campaign: 'Encuestas', yours: 'tu respuesta' },
  isOwedAnswer: true,
  Review: AnswerReview,
  SentWords: AnswerReview,
  sections: [],
  publication: {
    linesOf: ({ content }) => [`La respuesta «${content.answer}»`],
    never: 'No se publica el correo.',
  },
}
