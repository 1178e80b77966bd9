/** The form of a registration. The body decides which days can be chosen, and a need requires its own consent. */
import type { CampaignForm, FormMaterial } from '@/campaign/form/campaignForm'
import { commonProblemText, fieldOfCommon, refuseCommon } from '@/campaign/form/checks'
import { commonPayload } from '@/campaign/form/payload'
import {
  groupOf,
  refuseContact,
  refuseDays as refuseChosen,
  refuseNeed as refuseNeedText,
  refusePost,
} from './registration'
import { canonicalEmail } from '@/domain/email'
import { visibleLength } from '@/domain/canon'
import { refusalText } from '@/i18n/refusals'
import { emptyAnswers, needOf, readAnswers, type Answers, type Colleague, type Payload } from './answers'
import { daysOf, detailsOf } from './days'
import { summary } from './summary'
import StepDias from './steps/StepDias.vue'
import StepInstitucion from './steps/StepInstitucion.vue'
import StepPersona from './steps/StepPersona.vue'
import { t } from './words'

/** The key of the consent for a need, as in the notice. */
const NEED_CONSENT = 'accessibility'

const STEPS = ['aviso', 'institucion', 'dias', 'persona', 'permisos', 'revisa'] as const

const STEP_OF = {
  notice: 'aviso',
  body: 'institucion',
  days: 'dias',
  name: 'persona',
  post: 'persona',
  email: 'persona',
  need: 'persona',
  colleagues: 'persona',
  consents: 'permisos',
  window: 'revisa',
}

const FIELD_OF_CODE: Record<string, string> = {
  body_unknown: 'body',
  body_ineligible: 'body',
  jornada_required: 'days',
  jornada_unknown: 'days',
  jornada_undated: 'days',
  jornada_past: 'days',
  jornada_cancelled: 'days',
  post_required: 'post',
  post_too_long: 'post',
  post_invalid: 'post',
  email_required: 'email',
  already_registered: 'email',
  accessibility_too_long: 'need',
  accessibility_invalid: 'need',
  text_unstorable: 'post',
}
const FIELD_OF_SERVER: Record<string, string> = {
  body_id: 'body',
  jornada_ids: 'days',
  accessibility: 'need',
  colleagues: 'colleagues',
}

/** Own words where those of every kind, which address nobody, say less to the person who registers. */
const OWN_WORDS: Record<string, string> = {
  body_required: t('step.institucion.error'),
  body_ineligible: t('step.institucion.ineligible'),
  name_required: t('problem.name_required'),
  name_too_long: t('problem.name_too_long'),
  name_invalid: t('problem.name_invalid'),
  email_invalid: t('problem.email_invalid'),
  need_required: t('problem.need_required'),
  consent_missing: t('problem.consent_missing'),
  colleagues_wrong: t('problem.colleagues_wrong'),
}

function refuseBody(answers: Answers, { convocatoria }: FormMaterial): string | null {
  if (!answers.body_id || !answers.body_class) return 'body_required'
  return groupOf(answers.body_class, detailsOf(convocatoria).groups) ? null : 'body_ineligible'
}

function refuseDays(answers: Answers, { convocatoria }: FormMaterial, now: Date): string | null {
  const known = daysOf(detailsOf(convocatoria), answers.body_class)
  const chosen = known.filter(({ id }) => answers.jornada_ids.includes(id))
  return chosen.length < answers.jornada_ids.length ? 'jornada_unknown' : refuseChosen(chosen, now)
}

const lacks = ({ display_name, post, email }: Colleague) =>
  visibleLength(display_name) === 0 || refusePost(post) !== null || refuseContact(email) !== null

/** Passes the consent as granted, because a later step asks for it. */
function refuseNeed({ needs, accessibility }: Answers): string | null {
  if (!needs) return null
  return visibleLength(accessibility) === 0 ? 'need_required' : refuseNeedText(accessibility, true)
}

/** Whether the step of consents is needed: for a need, or for a consent that the notice requires. */
const asksConsent = (answers: Answers, { notice }: FormMaterial): boolean =>
  needOf(answers) !== '' || notice.consents.some(({ required }) => required)

function refuseConsents(answers: Answers, material: FormMaterial, now: Date): string | null {
  if (!asksConsent(answers, material)) return null
  const isDenied = needOf(answers) !== '' && !answers.consents[NEED_CONSENT]
  return isDenied ? 'consent_missing' : refuseCommon('consents', answers, material, now)
}

function refuse(field: string, answers: Answers, material: FormMaterial, now: Date): string | null {
  switch (field) {
    case 'body':
      return refuseBody(answers, material)
    case 'days':
      return refuseDays(answers, material, now)
    case 'post':
      return refusePost(answers.post)
    case 'email':
      return answers.email.trim() === '' ? 'email_required' : refuseCommon(field, answers, material, now)
    case 'need':
      return refuseNeed(answers)
    case 'colleagues':
      return answers.colleagues.some(lacks) ? 'colleagues_wrong' : null
    case 'consents':
      return refuseConsents(answers, material, now)
    default:
      return refuseCommon(field, answers, material, now)
  }
}

/** The payload of `registration.submit`. The answers must have passed `refuse`. */
function toPayload(answers: Answers, material: FormMaterial, now: Date): Payload {
  const need = needOf(answers)
  const common = commonPayload(need ? answers : { ...answers, consents: withoutNeed(answers) }, material, now)
  return {
    ...common,
    display_name: answers.name.trim(),
    email: canonicalEmail(answers.email) ?? answers.email,
    body_id: answers.body_id,
    body_name: answers.body_name,
    body_class: answers.body_class,
    jornada_ids: [...answers.jornada_ids],
    ...(answers.colleagues.length > 0 && { colleagues: answers.colleagues.map((one) => ({ ...one })) }),
    ...(answers.colleagues.length > 0 && !answers.attends && { attends: false as const }),
    online_ids: answers.online_ids.filter((id) => answers.jornada_ids.includes(id)),
    post: answers.post.trim(),
    accessibility: need || null,
  }
}

/** Without a need there is no consent for one, even if it was granted before. */
const withoutNeed = ({ consents }: Answers): Answers['consents'] => ({ ...consents, [NEED_CONSENT]: false })

export const inscripcionForm: CampaignForm<Answers> = {
  kind: 'jornadas',
  submit: 'registration.submit',
  path: 'inscripcion',
  steps: STEPS,
  stepOf: STEP_OF,
  views: { institucion: StepInstitucion, dias: StepDias, persona: StepPersona },
  words: t,
  applies: (step, answers, material) => step !== 'permisos' || asksConsent(answers, material),
  titleOf: (step) => t(`step.${step as (typeof STEPS)[number]}.title`),
  empty: emptyAnswers,
  read: readAnswers,
  refuse,
  problemText: (code) =>
    OWN_WORDS[code] ?? (code in FIELD_OF_CODE ? refusalText(code) : commonProblemText(code, t)),
  fieldOf: (code, field) =>
    field === 'colleagues'
      ? field
      : (FIELD_OF_CODE[code] ?? FIELD_OF_SERVER[field ?? ''] ?? fieldOfCommon(code, field)),
  toPayload,
  summary,
}
