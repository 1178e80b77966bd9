import { Fault } from '@/domain/fault'
import { problemText } from '@/i18n/problems'

/** Why an act failed, in words. */
export const tellProblem = (error: unknown): string =>
  problemText(error instanceof Fault ? error.code : 'unknown')
