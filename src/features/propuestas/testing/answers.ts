/** Complete answers to the small consultation, for tests. */
import { ACTION } from '@/campaign/testing/material'
import { emptyAnswers, type Answers } from '../answers'

/** Answers without problems. */
export const completeAnswers = (): Answers => ({
  ...emptyAnswers(),
  about: ACTION,
  helps: 'partly',
  body: '  Que los talleres lleguen a los pueblos.  ',
  naming: 'named',
  name: ' Ana ',
  sector: 'estudiante',
  municipality: 'nezahualcoyotl',
  email: ' ana@ejemplo.mx ',
  notice_hash: 'h2',
  consents_hash: 'h2',
  consented_at: '2026-11-23T18:00:00.000Z',
  consents: { political_opinions: true },
})
