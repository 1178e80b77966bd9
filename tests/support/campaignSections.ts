/** Complete sections of a campaign of each kind, as the studio saves them. Each call makes new ids. */
import { randomUUID } from 'node:crypto'
import type { DatesSection, NoticeSection, TextsSection } from '@/domain/campaignDraft'
import type { NoticeConsent } from '@/domain/rows'

type Sections = Record<string, object>

export const textos = (change: TextsSection = {}): TextsSection => ({
  title: 'Campaña de prueba',
  slug: `campana-${randomUUID().slice(0, 8)}`,
  summary: 'Resumen.',
  question: '¿Qué falta?',
  who_decides: 'Una comisión.',
  what_happens_next: 'Te respondemos.',
  label: null,
  source: null,
  ...change,
})

export const fechas = (change: Partial<DatesSection> = {}): DatesSection => ({
  opens_at: '2036-11-06T00:00:00-06:00',
  closes_at: '2036-11-14T23:59:59-06:00',
  grace_hours: 48,
  inputs_on: '2036-11-05',
  results_on: '2036-11-19',
  answer_by: '2036-11-28',
  milestones: [{ on: '2036-11-06', until: '2036-11-14', title: 'Recepción', note: null }],
  ...change,
})

type CampaignKind = 'propuestas' | 'videos' | 'jornadas'
const until = 'Hasta que lo retire.'
const publishes = (...allows: string[]) => ({
  key: 'publish',
  text: 'Autorizo publicarlo con mi nombre y mi municipio.',
  required: false,
  allows,
  until,
})
/** Consents that allow all that a campaign of the kind shows. */
export const consents = {
  propuestas: [
    {
      key: 'political_opinions',
      text: 'Autorizo usarla.',
      required: true,
      allows: ['political_opinions'],
      until,
    },
    publishes('text', 'name', 'municipality'),
  ],
  videos: [
    { key: 'licence', text: 'Autorizo su uso.', required: true, allows: ['licence'], until },
    publishes('image_voice', 'text', 'name', 'municipality'),
  ],
  jornadas: [
    { key: 'accessibility', text: 'Autorizo usarla.', required: false, allows: ['accessibility'], until },
  ],
} satisfies Record<CampaignKind, NoticeConsent[]>

/** A notice for a campaign of the kind. */
export const aviso = (
  kind: CampaignKind,
  change: Partial<NoticeSection['notice'] & object> = {},
): NoticeSection => ({
  notice_id: null,
  notice: {
    title: `Aviso ${randomUUID().slice(0, 8)}`,
    simplified: ['El instituto es responsable.'],
    full: [{ heading: 'Quién es responsable', paragraphs: ['El instituto.'] }],
    consents: consents[kind],
    ...change,
  },
})

export const estrategia = () => {
  const topic = randomUUID()
  return {
    topics: [{ id: topic, title: 'Eje uno' }],
    parts: [
      {
        id: randomUUID(),
        topic_id: topic,
        kind: 'action',
        number: 'A1',
        title: 'Materiales en lenguas originarias',
        body: 'El instituto traducirá sus materiales.',
        answered_by: 'Dirección de Difusión',
      },
      {
        id: randomUUID(),
        topic_id: topic,
        kind: 'paragraph',
        number: '1',
        title: '',
        body: 'Cada traducción la revisará una persona hablante.',
        answered_by: null,
      },
    ],
  }
}

export const insumos = () => ({
  items: [
    { id: randomUUID(), title: 'Antecedente', summary: 'De dónde viene.', body: 'Texto.', source: null },
  ],
})

export const pilares = () => ({
  pillars: [{ key: 'transparencia', title: 'Transparencia', hint: '¿Qué información te sirvió?' }],
})

export const video = (change: object = {}) => ({
  min_s: 15,
  max_s: 180,
  max_bytes: 50_000_000,
  medium: 'la página de esta convocatoria',
  licence_until: '2040-12-31',
  selection_on: '2036-11-20',
  rubric: [{ title: 'Claridad', hint: null }],
  ...change,
})

export const grupos = () => ({
  groups: [{ id: randomUUID(), name: 'Ayuntamientos', classes: ['ayuntamiento'] }],
})

export const jornadas = (group: string, change: object = {}) => ({
  days: [
    {
      id: randomUUID(),
      group_id: group,
      title: 'Primera jornada',
      speaker: 'Irene Salgado',
      speaker_post: 'Comisionada',
      on_day: '2036-11-18',
      starts_at: '2036-11-18T10:00:00-06:00',
      ends_at: '2036-11-18T12:00:00-06:00',
      place: 'Auditorio de ejemplo',
      address: 'Calle de Ejemplo 1, Toluca',
      accessibility: 'Rampa en la entrada',
      link: null,
      modality: 'presencial',
      capacity: 120,
      ...change,
    },
  ],
})

/** Every section of a campaign of this kind, complete. */
export function wholeCampaign(kind: CampaignKind): Sections {
  const common = { textos: textos(), fechas: fechas(), aviso: aviso(kind) }
  if (kind === 'propuestas') return { ...common, estrategia: estrategia(), insumos: insumos() }
  if (kind === 'videos') return { ...common, pilares: pilares(), video: video() }
  const groups = grupos()
  const constancia = { rule: 'hours', hours: 4 }
  const inscripcion = {
    body_limit: 5,
    approval: false,
    ask_days: 3,
    silence_frees: true,
    tell_liaison: false,
  }
  const encuesta = {
    questions: ['útil', 'clara', 'aplicable'].map((word, at) => ({
      id: `p${at}`,
      kind: 'scale',
      text: `¿Qué tan ${word} fue la jornada?`,
      options: [],
    })),
  }
  return {
    ...common,
    grupos: groups,
    jornadas: jornadas(groups.groups[0]!.id),
    inscripcion,
    constancia,
    encuesta,
  }
}
