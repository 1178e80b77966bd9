import type { ConvocatoriaCard } from './rows'

/** The longest question that a phone shows as a heading in four lines. */
const LONGEST = 100

/** What heads a campaign: its question where that is one short line, or else its official name. */
export const headingOf = ({ title, question }: Pick<ConvocatoriaCard, 'title' | 'question'>): string =>
  question && question.length <= LONGEST && !question.includes('\n') ? question : title
