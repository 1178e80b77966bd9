import type { KindIsland } from '@/staff/kinds'
import AnswerReview from './AnswerReview.vue'

export const island: KindIsland<'encuestas'> = {
  kind: 'encuestas',
  names: { one: 'Respuesta', many: 'Respuestas', campaign: 'Encuestas', yours: 'tu respuesta' },
  isModerated: true,
  isOwedAnswer: true,
  Review: AnswerReview,
  SentWords: AnswerReview,
  sections: [],
  notice: {
    permissions: { text: 'Publicar la respuesta' },
    partsOf: () => ({
      title: 'Aviso de la encuesta',
      data: ['La respuesta.'],
      sensitive: 'No pedimos datos sensibles.',
      purposes: 'Contar las respuestas.',
      consented: 'Publicar tu respuesta.',
      refusal: 'Cierra la pantalla.',
      retention: 'Un año.',
      consents: [],
    }),
  },
  publication: {
    parts: [
      {
        permission: 'text',
        columns: ['answer'],
        named: ['mi respuesta'],
        isOptional: false,
        words: 'Publicar la respuesta',
        linesOf: ({ content }) => [`La respuesta «${content.answer}»`],
        briefOf: () => ['respuesta'],
      },
    ],
    never: 'No se publica el correo.',
  },
}
