/** The survey of the finished series: its questions, and what people who came answered. Five answered of the first day and three of the second, so that one shows results and the other none yet. */
import { suggestedQuestions } from '@/features/jornadas/staff/studio/survey'
import { opOf } from './campaign'
import type { Phone } from './phone'

const IDS = ['util', 'clara', 'aplicar', 'medio', 'mejora'] as const

/** Those that the studio suggests, with ids that are the same at every start. */
export const surveyQuestions = () =>
  suggestedQuestions().map((question, place) => ({ ...question, id: IDS[place]! }))

const TEXTS = [
  'Más ejemplos de municipios pequeños. Texto de muestra.',
  'Que compartan antes el material. Texto de muestra.',
  'El sonido se oía poco al fondo. Texto de muestra.',
]

/** The answers of a person: the same at every start. */
const answersOf = (person: number, day: number) => ({
  util: 3 + ((person + day) % 3),
  clara: 2 + ((person * 2 + day) % 4),
  aplicar: 3 + (person % 2),
  medio: (person + day) % 4,
  ...(TEXTS[person] && day === 0 && { mejora: TEXTS[person] }),
})

/** Who has not answered yet, and of which day: their page shows the questions. */
const SILENT = { person: 4, day: 1 }

/** Each person of `attends` (by place: the days they came to) answers for their days, once however often it runs. */
export async function answerSurvey(
  phone: Phone,
  attends: readonly (readonly number[])[],
  days: readonly string[],
): Promise<void> {
  await phone.send(
    attends.flatMap((own, person) =>
      own
        .filter((day) => person !== SILENT.person || day !== SILENT.day)
        .map((day) =>
          opOf(`fin${person}`, `survey:${day}`, {
            kind: 'survey.answer',
            payload: { jornada_id: days[day], unlinked: answersOf(person, day) },
          }),
        ),
    ),
  )
}
