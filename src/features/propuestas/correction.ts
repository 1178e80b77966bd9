/** What its author can change of a propuesta when staff ask for it: what it is about, whether that helps, its text. */
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

/** What `propuesta.correct` carries. */
export type Correction = Pick<PropuestaContent, 'part_id' | 'helps' | 'body'>

const partIn = ({ about }: CorrectionAnswers, convocatoria: Convocatoria | undefined) =>
  convocatoria?.parts.find(({ id }) => id === about)

function read(kept: Stored): CorrectionAnswers | undefined {
  if (typeof kept.body !== 'string') return undefined
  return {
    about: 'part_id' in kept ? (textOrNull(kept.part_id) ?? MISSING) : textOrNull(kept.about),
    helps: HELPS.find((key) => key === kept.helps) ?? null,
    body: kept.body,
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

/** `helps` only speaks of an action; what is not on this phone was not changed. */
function toPayload(answers: CorrectionAnswers, convocatoria: Convocatoria | undefined): Correction {
  const { about, helps, body } = answers
  const isAction = !convocatoria || partIn(answers, convocatoria)?.kind === 'action'
  return { part_id: about === MISSING ? null : about, helps: isAction ? helps : null, body }
}

export const correction: CorrectionForm<CorrectionAnswers> = {
  op: 'propuesta.correct',
  Fields: defineAsyncComponent(() => import('./CorrectFields.vue')),
  Version: defineAsyncComponent(() => import('./PropuestaVersion.vue')),
  read,
  findProblems,
  problemText: (code) => (code === 'about_required' ? t('correct.about.error') : refusalText(code)),
  toPayload,
}
