/** The results of the survey as the page shows them: days together, and a bar for each choice. */
import { SCALE, t as words } from '@/features/jornadas/survey'
import type { SurveyDay, SurveyQuestion } from '@/features/jornadas/surveyWire'
import { numberWords } from '@/i18n/translator'

type Results = Omit<NonNullable<SurveyDay['results']>, 'texts'>

/** A free text of a day; null once staff took it away. */
export interface DayText {
  day: string
  text: string | null
}

/** The results of this day, or of every day that has any. */
export const answeredDays = (days: readonly SurveyDay[], day: string | null): Results[] =>
  days.flatMap(({ id, results }) => (results && (!day || id === day) ? [results] : []))

/** Days together; null without any. Each has five answers or more. */
export function resultsOf(days: readonly Results[]): Results | null {
  if (days.length === 0) return null
  const counts: Record<string, number> = {}
  for (const day of days)
    for (const [key, count] of Object.entries(day.counts)) counts[key] = (counts[key] ?? 0) + count
  return {
    answered: days.reduce((sum, { answered }) => sum + answered, 0),
    counts,
  }
}

/** The free texts of this day, or of every day, in the order of the alphabet; those that were taken away come last. */
export const textsOf = (days: readonly SurveyDay[], day: string | null): DayText[] =>
  days
    .flatMap(({ id, results }) =>
      results && (!day || id === day) ? results.texts.map((text) => ({ day: id, text })) : [],
    )
    .toSorted((a, b) => (a.text === null ? 1 : b.text === null ? -1 : a.text.localeCompare(b.text, 'es')))

export interface ChoiceBar {
  id: string
  name: string
  count: number
  /** 1 to 5; of an option its place. */
  choice: number
}

export function barsOf({ id, kind, options }: SurveyQuestion, { counts }: Results): ChoiceBar[] {
  const choices =
    kind === 'scale' ? SCALE.map((one) => [one, words(`scale.${one}`)] as const) : options.entries()
  return [...choices].map(([choice, name]) => {
    const key = `${id}:${choice}`
    return { id: key, name, count: counts[key] ?? 0, choice }
  })
}

/** «4.2»; «–» of nothing. */
export function averageOf(bars: readonly ChoiceBar[]): string {
  const count = bars.reduce((sum, bar) => sum + bar.count, 0)
  if (count === 0) return '–'
  return numberWords(
    Math.round((bars.reduce((sum, bar) => sum + bar.count * bar.choice, 0) / count) * 10) / 10,
  )
}
