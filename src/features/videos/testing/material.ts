/** Published data of a small call for videos, and complete answers to it, for tests. */
import type { FormMaterial } from '@/campaign/form/campaignForm'
import { material as consultation } from '@/campaign/testing/material'
import { emptyAnswers, type Answers } from '../answers'

export const material: FormMaterial = {
  ...consultation,
  convocatoria: {
    ...consultation.convocatoria,
    kind: 'videos',
    topics: [],
    parts: [],
    details: {
      pillars: [{ key: 'participacion', title: 'Participación', hint: 'Opinar.' }],
      min_s: 15,
      max_s: 180,
      max_bytes: 300_000_000,
      medium: 'la página',
      licence_until: '2030-12-31',
    },
  },
}

/** Answers without problems. */
export const completeAnswers = (): Answers => ({
  ...emptyAnswers({ pilar: 'participacion' }),
  media: {
    id: '00000000-0000-4000-8000-0000000000ff',
    bytes: 12_400_000,
    mime: 'video/mp4',
    sha256: 'a'.repeat(64),
    duration_ms: 65_000,
    width: 720,
    height: 1280,
  },
  poster: '/9j/AAAA',
  title: '  Mi calle  ',
  summary: ' Lo que cambió cuando preguntamos. ',
  transcript: '',
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
