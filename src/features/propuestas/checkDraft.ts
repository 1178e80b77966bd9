/**
 * Why a draft cannot be sent yet, field by field. Hints with the words SQL would use: the server
 * decides. `about_required` and `naming_required` exist only here: such a draft is never sent.
 */
import { refuseWindow } from '@/domain/campaign'
import { refuseBody, refuseEmail, refuseHelps, refuseName, SECTORS } from '@/domain/propuesta'
import { REFUSALS, type Refusal } from '@/domain/refusals'
import type { Convocatoria, Municipalities, Notice, Part } from '@/domain/rows'
import { MISSING, type Answers } from './answers'
import { resolveMunicipality } from './municipality'
import type { AboutKind, Step } from './stepGraph'

export const FIELDS = [
  'notice',
  'about',
  'helps',
  'body',
  'naming',
  'name',
  'sector',
  'municipality',
  'email',
  'consents',
  'window',
] as const
export type Field = (typeof FIELDS)[number]
export type ProblemCode = Refusal | 'about_required' | 'naming_required'

export interface Problem {
  field: Field
  code: ProblemCode
}

/** What the draft is checked against. */
export interface FormMaterial {
  convocatoria: Convocatoria
  notice: Notice
  municipalities: Municipalities['items']
}

const STEP_OF: Record<Field, Step> = {
  notice: 'aviso',
  about: 'sobre',
  helps: 'ayuda',
  body: 'texto',
  naming: 'nombre',
  name: 'nombre',
  sector: 'sobre-ti',
  municipality: 'sobre-ti',
  email: 'correo',
  consents: 'permisos',
  window: 'revisa',
}

/** The step on which a field is answered. */
export const stepOfField = (field: Field): Step => STEP_OF[field]

/** What the proposal is about: its part when it names one. */
export const partOf = (answers: Answers, parts: readonly Part[]): Part | undefined =>
  parts.find((part) => part.id === answers.about)

/** Kind of what the proposal is about. */
export const aboutKindOf = (answers: Answers, parts: readonly Part[]): AboutKind =>
  answers.about === MISSING ? null : partOf(answers, parts)?.kind

function refuseAbout(answers: Answers, parts: readonly Part[]): ProblemCode | null {
  if (answers.about === null) return 'about_required'
  return aboutKindOf(answers, parts) === undefined ? 'part_unknown' : null
}

function refuseConsents(answers: Answers, notice: Notice): ProblemCode | null {
  const missing = notice.consents.some((consent) => consent.required && !answers.consents[consent.key])
  return missing || answers.consents_hash !== notice.hash ? 'consent_missing' : null
}

function refuseField(field: Field, answers: Answers, material: FormMaterial, now: Date): ProblemCode | null {
  const { convocatoria, notice, municipalities } = material
  const kind = aboutKindOf(answers, convocatoria.parts)
  switch (field) {
    case 'notice':
      return answers.notice_hash === notice.hash ? null : 'notice_outdated'
    case 'about':
      return refuseAbout(answers, convocatoria.parts)
    case 'helps':
      return kind === 'action' ? refuseHelps(answers.helps, kind) : null
    case 'body':
      return refuseBody(answers.body)
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
      return answers.email.trim() === '' ? null : refuseEmail(answers.email.trim())
    case 'consents':
      return refuseConsents(answers, notice)
    case 'window':
      return refuseWindow(convocatoria, now)
  }
}

/** Everything that stands between this draft and its sending, in the order of the form. */
export const findProblems = (answers: Answers, material: FormMaterial, now: Date): Problem[] =>
  FIELDS.flatMap((field) => {
    const code = refuseField(field, answers, material, now)
    return code ? [{ field, code }] : []
  })

const FIELD_OF_SERVER: Record<string, Field> = {
  part_id: 'about',
  display_name: 'name',
  consents: 'consents',
  notice_id: 'notice',
  notice_hash: 'notice',
  convocatoria_id: 'window',
}

const FIELD_OF_CODE: Partial<Record<Refusal, Field>> = {
  convocatoria_unknown: 'window',
  convocatoria_not_open: 'window',
  convocatoria_closed: 'window',
  body_too_short: 'body',
  body_too_long: 'body',
  body_invalid: 'body',
  text_unstorable: 'body',
  part_unknown: 'about',
  helps_required: 'helps',
  helps_unexpected: 'about',
  name_required: 'name',
  name_too_long: 'name',
  name_invalid: 'name',
  sector_unknown: 'sector',
  municipality_unknown: 'municipality',
  email_invalid: 'email',
  consent_missing: 'consents',
  notice_outdated: 'notice',
}

/** Where a refusal that came back from the server belongs; null when its code is none of ours. */
export function problemFromServer(code: string, field?: string): Problem | null {
  const known = REFUSALS.find((refusal) => refusal === code)
  if (!known) return null
  const named = FIELDS.find((name) => name === field) ?? (field ? FIELD_OF_SERVER[field] : undefined)
  return { code: known, field: FIELD_OF_CODE[known] ?? named ?? 'window' }
}
