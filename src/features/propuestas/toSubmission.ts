/** From answers without problems to what `propuesta.submit` carries. */
import { SECTORS, type PropuestaSubmission } from '@/domain/propuesta'
import type { Answers } from './answers'
import { aboutKindOf, partOf, type FormMaterial } from './checkDraft'
import { resolveMunicipality } from './municipality'

const LOCALE = 'es-MX'

/**
 * The payload of these answers. Asked only when `findProblems` found none; ends are trimmed as the
 * database would. `now` stands in for the instant of consent when the draft does not hold one.
 */
export function toSubmission(answers: Answers, material: FormMaterial, now: Date): PropuestaSubmission {
  const { convocatoria, notice, municipalities } = material
  const isAction = aboutKindOf(answers, convocatoria.parts) === 'action'
  return {
    convocatoria_id: convocatoria.id,
    part_id: partOf(answers, convocatoria.parts)?.id ?? null,
    helps: isAction ? answers.helps : null,
    body: answers.body.trim(),
    sector: SECTORS.find((key) => key === answers.sector) ?? null,
    municipality: resolveMunicipality(answers.municipality, municipalities) ?? null,
    display_name: answers.naming === 'named' ? answers.name.trim() : null,
    email: answers.email.trim() || null,
    notice_id: notice.id,
    notice_hash: notice.hash,
    locale: LOCALE,
    consented_at: answers.consented_at ?? now.toISOString(),
    consents: notice.consents.map(({ key }) => ({ key, granted: answers.consents[key] === true })),
  }
}
