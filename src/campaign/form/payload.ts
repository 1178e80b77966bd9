/** The part of every `*.submit` payload about the person and the notice. */
import { canonicalEmail } from '@/domain/email'
import { SECTORS, type PropuestaSubmission } from '@/domain/propuesta'
import { tidied } from '@/domain/canon'
import type { CommonAnswers } from './answers'
import type { FormMaterial } from './campaignForm'
import { resolveMunicipality } from './municipality'

const LOCALE = 'es-MX'

type Common = Pick<
  PropuestaSubmission,
  | 'convocatoria_id'
  | 'display_name'
  | 'email'
  | 'notice_id'
  | 'notice_hash'
  | 'locale'
  | 'consented_at'
  | 'consents'
>

/**
 * The common part of a payload. Texts are trimmed like in the database, and the address has its only form. `now` replaces
 * a missing time of consent.
 */
export const commonPayload = (
  answers: CommonAnswers,
  { convocatoria, notice }: FormMaterial,
  now: Date,
): Common => ({
  convocatoria_id: convocatoria.id,
  display_name: answers.naming === 'named' ? tidied(answers.name) : null,
  email: canonicalEmail(answers.email),
  notice_id: notice.id,
  notice_hash: notice.hash,
  locale: LOCALE,
  consented_at: answers.consented_at ?? now.toISOString(),
  consents: notice.consents.map(({ key }) => ({ key, granted: answers.consents[key] === true })),
})

/** Sector and municipality; null for an unanswered one. */
export const aboutYou = (answers: CommonAnswers, { municipalities }: FormMaterial) => ({
  sector: SECTORS.find((key) => key === answers.sector) ?? null,
  municipality: resolveMunicipality(answers.municipality, municipalities) ?? null,
})
