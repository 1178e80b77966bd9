/**
 * A series of jornadas as the minutes of 28 October 2021 describe it (point IV): two groups of sujetos obligados with
 * five days each, the first with an opening forum. Dates, hours, places and speakers are each institution's to write.
 */
import type { SectionData } from '@/staff/studio/section'
import { emptyDay, ordinalTitle } from './days'
import { suggestedQuestions } from './survey'

const GROUPS = [
  [
    'poder_ejecutivo',
    'poder_legislativo',
    'poder_judicial',
    'organo_autonomo',
    'partido_politico',
    'sindicato',
  ],
  ['ayuntamiento', 'opdapas', 'dif_municipal'],
] as const
const DAYS = 5

export function template(): Record<string, SectionData> {
  const groups = GROUPS.map((classes, place) => ({
    id: crypto.randomUUID(),
    name: `Grupo ${place + 1}`,
    classes: [...classes],
  }))
  const days = groups.flatMap(({ id }) =>
    Array.from({ length: DAYS }, (_, place) => ({
      ...emptyDay(id),
      title: `${place === 0 ? 'Foro de arranque y ' : ''}${ordinalTitle(place)} Jornada`,
    })),
  )
  return {
    textos: {
      title: 'Jornadas de Sensibilización en materia de Transparencia Proactiva',
      summary: 'Sesiones para que los sujetos obligados publiquen información socialmente útil.',
      question: '¿A qué sesiones asistirá su institución?',
      who_decides:
        'El instituto asigna los lugares por orden de llegada. Cuando se llenan, hay lista de espera.',
      what_happens_next:
        'Recibe la confirmación en cuanto nos llega su inscripción.\n\nSi un día está lleno, queda en lista de espera y le avisamos cuando se libere un lugar.\n\nEl día de la jornada presenta su pase en la entrada, aunque no haya señal.',
    },
    fechas: { grace_hours: 0, milestones: [] },
    grupos: { groups },
    jornadas: { days },
    encuesta: { questions: suggestedQuestions() },
  }
}
