/** Checks of the common fields. Hints with the codes of the SQL rules: the server decides. */
import { refusalNow } from '@/data/campaignPhase'
import { refuseEmail } from '@/domain/email'
import { refuseName, SECTORS } from '@/domain/propuesta'
import { REFUSALS } from '@/domain/refusals'
import type { Notice } from '@/domain/rows'
import { refusalText } from '@/i18n/refusals'
import type { CommonAnswers } from './answers'
import type { FormMaterial, Problem } from './campaignForm'
import { resolveMunicipality } from './municipality'
import type { Words } from '../words'

function refuseConsents(answers: CommonAnswers, notice: Notice): string | null {
  const missing = notice.consents.some((consent) => consent.required && !answers.consents[consent.key])
  return missing || answers.consents_hash !== notice.hash ? 'consent_missing' : null
}

/**
 * Why a common field prevents sending, or null. Knows `notice`, `naming`, `name`, `sector`, `municipality`, `email`,
 * `consents` and `window`.
 */
export function refuseCommon(
  field: string,
  answers: CommonAnswers,
  { convocatoria, notice, municipalities }: FormMaterial,
  now: Date,
): string | null {
  switch (field) {
    case 'notice':
      return answers.notice_hash === notice.hash ? null : 'notice_outdated'
    case 'naming':
      return answers.naming === null ? 'naming_required' : null
    case 'name':
      return answers.naming === 'named' ? refuseName(answers.name) : null
    case 'sector':
      return answers.sector === '' || SECTORS.some((key) => key === answers.sector) ? null : 'sector_unknown'
    case 'municipality':
      return resolveMunicipality(answers.municipality, municipalities) === undefined
        ? 'municipality_unknown'
        : null
    case 'email':
      return answers.email.trim() === '' ? null : refuseEmail(answers.email)
    case 'consents':
      return refuseConsents(answers, notice)
    case 'window':
      return refusalNow(convocatoria, now)
    default:
      return null
  }
}

const FIELD_OF_SERVER: Record<string, string> = {
  display_name: 'name',
  notice_id: 'notice',
  notice_hash: 'notice',
  convocatoria_id: 'window',
}

const FIELD_OF_CODE: Record<string, string> = {
  convocatoria_unknown: 'window',
  convocatoria_not_open: 'window',
  convocatoria_closed: 'window',
  name_required: 'name',
  name_too_long: 'name',
  name_invalid: 'name',
  sector_unknown: 'sector',
  municipality_unknown: 'municipality',
  email_invalid: 'email',
  consent_missing: 'consents',
  notice_outdated: 'notice',
}

/** The form's field for a refusal of a common field. An unknown refusal belongs to `window`, on the last page. */
export const fieldOfCommon = (code: string, field: string | undefined): string =>
  FIELD_OF_CODE[code] ?? (field === undefined ? 'window' : (FIELD_OF_SERVER[field] ?? field))

/** A refusal by the server as a problem of this form; null when its code is unknown. */
export function problemFromServer(
  form: {
    fieldOf(code: string, field: string | undefined): string
    stepOf: Readonly<Record<string, string>>
  },
  code: string,
  field?: string,
): Problem | null {
  if (!REFUSALS.some((refusal) => refusal === code)) return null
  const found = form.fieldOf(code, field)
  return { code, field: found in form.stepOf ? found : 'window' }
}

/** The text of a problem of the common fields, the same at the field and in the summary. */
export function commonProblemText(code: string, t: Words): string {
  if (code === 'naming_required') return t('step.nombre.error')
  if (code === 'municipality_unknown') return t('step.sobre-ti.municipality.error')
  return code === 'notice_outdated' ? t('problem.notice') : refusalText(code)
}
