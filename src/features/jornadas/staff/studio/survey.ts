/** The section of the survey: its questions, and those that a new series begins with. */
import type { SurveyQuestion } from '../../surveyWire'

export interface SurveyData {
  questions?: SurveyQuestion[]
}

const newId = () => crypto.randomUUID()

export const emptyQuestion = (): SurveyQuestion => ({ id: newId(), kind: 'scale', text: '', options: [] })

const HEARD = [
  'Por un oficio',
  'Por correo electrónico',
  'Por alguien de mi institución',
  'Por redes sociales',
  'Por otro medio',
]

/** Five questions that take about two minutes. */
export const suggestedQuestions = (): SurveyQuestion[] =>
  (
    [
      ['scale', '¿Qué tan útil fue la jornada para su trabajo?'],
      ['scale', '¿Qué tan clara fue la exposición?'],
      ['scale', '¿Qué tanto podrá aplicar lo que vio?'],
      ['choice', '¿Cómo se enteró de la jornada?'],
      ['text', '¿Qué mejoraría de la próxima jornada?'],
    ] as const
  ).map(([kind, text]) => ({ id: newId(), kind, text, options: kind === 'choice' ? HEARD : [] }))

export const QUESTIONS_MAX = 6
