/** What an author can change in a propuesta when staff ask for it: its part, whether that helps, its text. */
import { defineAsyncComponent } from 'vue'
import { textOrNull, type Stored } from '@/campaign/form/answers'
import type { Problem } from '@/campaign/form/campaignForm'
import type { CorrectionForm } from '@/campaign/form/correction'
import { HELPS, refuseBody, refuseHelps, type Helps, type PropuestaContent } from '@/domain/propuesta'
import type { Convocatoria } from '@/domain/rows'
import { refusalText } from '@/i18n/refusals'
import { MISSING } from './answers'
import { t } from './words'

/** `about` is a part's id, MISSING, or null until chosen. */
export interface CorrectionAnswers {
  about: string | null
  helps: Helps | null
  body: string
}

/** The payload of `propuesta.correct`. */
export type Correction = Pick<PropuestaContent, 'part_id' | 'helps' | 'body'>

const partIn = ({ about }: CorrectionAnswers, convocatoria: Convocatoria | undefined) =>
  convocatoria?.parts.find(({ id }) => id === about)

function read(stored: Stored): CorrectionAnswers | undefined {
  if (typeof stored.body !== 'string') return undefined
  return {
    about: 'part_id' in stored ? (textOrNull(stored.part_id) ?? MISSING) : textOrNull(stored.about),
    helps: HELPS.find((key) => key === stored.helps) ?? null,
    body: stored.body,
  }
}

function refuseAbout(answers: CorrectionAnswers, convocatoria: Convocatoria | undefined): string | null {
  if (answers.about === null) return 'about_required'
  const isKnown = !convocatoria || answers.about === MISSING || partIn(answers, convocatoria) !== undefined
  return isKnown ? null : 'part_unknown'
}

function findProblems(answers: CorrectionAnswers, convocatoria: Convocatoria | undefined): Problem[] {
  const isAction = partIn(answers, convocatoria)?.kind === 'action'
  const found = [
    { field: 'about', code: refuseAbout(answers, convocatoria) },
    { field: 'helps', code: isAction ? refuseHelps(answers.helps, 'action') : null },
    { field: 'body', code: refuseBody(answers.body) },
  ]
  return found.flatMap(({ field, code }) => (code ? [{ field, code }] : []))
}

/** `helps` is sent only for an action. Without the strategy on this phone the part cannot have changed. */
function toPayload(answers: CorrectionAnswers, convocatoria: Convocatoria | undefined): Correction {
  const { about, helps, body } = answers
  const isAction = !convocatoria || partIn(answers, convocatoria)?.kind === 'action'
  return { part_id: about === MISSING ? null : about, helps: isAction ? helps : null, body }
}

export const correction: CorrectionForm<CorrectionAnswers> = {
  op: 'propuesta.correct',
  Fields: defineAsyncComponent(() => import('./PropuestaCorrectionFields.vue')),
  read,
  findProblems,
  problemText: (code) => (code === 'about_required' ? t('correct.about.error') : refusalText(code)),
  toPayload,
}
