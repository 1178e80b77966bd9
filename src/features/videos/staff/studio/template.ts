/** A call for videos as the minutes of 28 October 2021 describe it (point V). They name no closed list of pillars. */
import { mark } from '@/staff/studio/mark'
import type { SectionData } from '@/staff/studio/section'
import { pillarKey } from './pillarKey'

const PILLARS = [
  ['Transparencia', '¿Qué información pública te sirvió, y para qué?'],
  ['Participación', '¿Cuándo se tomó en cuenta lo que propusiste?'],
  ['Rendición de cuentas', '¿Quién te explicó qué hizo, por qué y con qué resultado?'],
  ['Colaboración', '¿Qué resolvieron juntas la autoridad y las personas?'],
] as const

export const template = (): Record<string, SectionData> => ({
  textos: {
    title: 'Videos por el gobierno abierto',
    summary:
      'Envía un video sobre uno de los pilares del gobierno abierto, su relevancia y por qué conviene promoverlo.',
    question: '¿Qué pilar del gobierno abierto te importa, y por qué hay que promoverlo?',
    who_decides: `${mark('comité u órgano')} elige los videos de mayor valor por su contenido y calidad.`,
    what_happens_next:
      'Los videos elegidos se publican con su transcripción y forman parte de la campaña de difusión.',
  },
  fechas: { grace_hours: 48, milestones: [] },
  pilares: {
    pillars: PILLARS.reduce<{ key: string; title: string; hint: string }[]>(
      (known, [title, hint]) => [...known, { key: pillarKey(known), title, hint }],
      [],
    ),
  },
  video: {
    min_s: 15,
    max_s: 180,
    max_bytes: 50_000_000,
    medium: 'la página de esta convocatoria',
    rubric: [
      { title: 'Contenido', hint: 'Explica el pilar y por qué importa.' },
      { title: 'Claridad', hint: 'Se entiende sin conocer el tema.' },
      { title: 'Calidad', hint: 'Se ve y se oye bien.' },
    ],
  },
})
