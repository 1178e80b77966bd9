/**
 * A consultation as the minutes of 28 October 2021 describe it (point VII): inputs, nine days of proposals, a table of
 * results and the renewed strategy. Dates and the strategy itself are each institution's to write.
 */
import { mark } from '@/staff/studio/mark'
import type { SectionData } from '@/staff/studio/section'

const STEPS = [
  ['Publicación de insumos', null],
  ['Recepción de propuestas', null],
  ['Resultados', 'El instituto termina de leer y ordenar las propuestas.'],
  ['Presentación de la estrategia renovada', 'Con el texto anterior y el nuevo a la vista.'],
] as const

export const template = (): Record<string, SectionData> => ({
  textos: {
    title: `Consulta sobre ${mark('nombre de la estrategia')}`,
    summary: 'Lee la ruta que se propone y dinos si sus acciones llevan a su propósito, o qué les falta.',
    question: '¿Las acciones de esta estrategia llevan a su propósito, o no? ¿Qué falta?',
    who_decides: `${mark('órgano que decide')} lee todas las propuestas y responde cada una con razones.`,
    what_happens_next:
      'Leemos cada propuesta y te respondemos.\n\nLo que se acepta cambia el texto de la estrategia.\n\nLa estrategia renovada se publica con el texto anterior y el nuevo a la vista.',
  },
  fechas: {
    grace_hours: 48,
    milestones: STEPS.map(([title, note]) => ({ on: null, until: null, title, note })),
  },
})
