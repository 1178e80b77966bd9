/** The survey after a day on the wire. */

export interface SurveyQuestion {
  id: string
  kind: 'scale' | 'choice' | 'text' // a scale goes from 1 to 5
  text: string
  options: string[] // of a choice
}

/** `details.survey` of a series; absent where it asks nothing. */
export interface Survey {
  questions: SurveyQuestion[]
}

/** By the id of the question: 1 to 5, the place of an option, or words. */
export type Answers = Record<string, number | string>

/** An item of `survey_results`: a day that is over. `results` is null below five answers. */
export interface SurveyDay {
  id: string
  title: string
  on_day: string | null
  closes_at: string
  attended: number
  results: { answered: number; counts: Record<string, number>; texts: (string | null)[] } | null // a text is null once staff took it away
}

export interface SurveyResults {
  questions: SurveyQuestion[]
  days: SurveyDay[]
}
