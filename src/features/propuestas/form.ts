/**
 * The form of a propuesta, with one question per page. What the campaign's page asked is not asked again: what it is about,
 * and whether an action helps.
 */
import type { CampaignForm, FormMaterial, SummaryRow } from '@/campaign/form/campaignForm'
import { commonProblemText, fieldOfCommon, refuseCommon } from '@/campaign/form/checks'
import { aboutYou, commonPayload } from '@/campaign/form/payload'
import { refuseBody, refuseHelps, type PropuestaSubmission } from '@/domain/propuesta'
import type { Part } from '@/domain/rows'
import { mediaOf } from '@/media/store'
import { aboutKindOf, emptyAnswers, partOf, readAnswers, type Answers } from './answers'
import { describeAbout } from './describe'
import StepSobre from './steps/StepSobre.vue'
import StepTexto from './steps/StepTexto.vue'
import { t } from './words'

const STEPS = ['aviso', 'sobre', 'texto', 'sobre-ti', 'permisos', 'revisa'] as const

const STEP_OF = {
  notice: 'aviso',
  about: 'sobre',
  helps: 'texto',
  body: 'texto',
  naming: 'sobre-ti',
  name: 'sobre-ti',
  municipality: 'sobre-ti',
  sector: 'sobre-ti',
  email: 'sobre-ti',
  consents: 'permisos',
  window: 'revisa',
}

const FIELD_OF_CODE: Record<string, string> = {
  body_too_short: 'body',
  body_too_long: 'body',
  body_invalid: 'body',
  text_unstorable: 'body',
  part_unknown: 'about',
  helps_required: 'helps',
  helps_unexpected: 'about',
}

function refuseAbout(answers: Answers, parts: readonly Part[]): string | null {
  if (answers.about === null) return 'about_required'
  return aboutKindOf(answers, parts) === undefined ? 'part_unknown' : null
}

function refuse(field: string, answers: Answers, material: FormMaterial, now: Date): string | null {
  const { parts } = material.convocatoria
  const kind = aboutKindOf(answers, parts)
  switch (field) {
    case 'about':
      return refuseAbout(answers, parts)
    case 'helps':
      return kind === 'action' ? refuseHelps(answers.helps, kind) : null
    case 'body':
      return answers.media ? null : refuseBody(answers.body)
    default:
      return refuseCommon(field, answers, material, now)
  }
}

/** The payload of `propuesta.submit`, for answers without problems. */
function toPayload(answers: Answers, material: FormMaterial, now: Date): PropuestaSubmission {
  const { parts } = material.convocatoria
  return {
    ...commonPayload(answers, material, now),
    ...aboutYou(answers, material),
    part_id: partOf(answers, parts)?.id ?? null,
    helps: aboutKindOf(answers, parts) === 'action' ? answers.helps : null,
    ...(answers.media ? { body: null, media: answers.media } : { body: answers.body.trim() }),
  }
}

function summary(answers: Answers, { convocatoria }: FormMaterial): SummaryRow[] {
  const { parts } = convocatoria
  const empty = t('step.revisa.empty')
  const helps: SummaryRow = {
    label: t('step.revisa.helps'),
    value: answers.helps ? t(`helps.${answers.helps}`) : empty,
    step: 'texto',
  }
  return [
    { label: t('step.revisa.about'), value: describeAbout(answers, parts) ?? empty, step: 'sobre' },
    ...(aboutKindOf(answers, parts) === 'action' ? [helps] : []),
    {
      label: t('step.revisa.body'),
      value: answers.media ? t('step.revisa.voice') : answers.body.trim() || empty,
      step: 'texto',
    },
  ]
}

export const propuestaForm: CampaignForm<Answers> = {
  kind: 'propuestas',
  submit: 'propuesta.submit',
  path: 'propuesta',
  steps: STEPS,
  stepOf: STEP_OF,
  moved: { ayuda: 'texto' },
  views: { sobre: StepSobre, texto: StepTexto },
  words: t,
  applies: (step, answers, { convocatoria }) =>
    step !== 'sobre' || !answers.about_given || refuseAbout(answers, convocatoria.parts) !== null,
  titleOf: (step) => t(`step.${step as (typeof STEPS)[number]}.title`),
  empty: emptyAnswers,
  read: readAnswers,
  refuse,
  problemText: (code) => (code === 'about_required' ? t('step.sobre.error') : commonProblemText(code, t)),
  fieldOf: (code, field) =>
    FIELD_OF_CODE[code] ??
    (field === 'part_id' ? 'about' : field === 'media' ? 'body' : fieldOfCommon(code, field)),
  toPayload,
  clearMissing: async (draftId, { media }) =>
    media && (await mediaOf(draftId))?.id !== media.id ? { media: null } : null,
  summary,
}
