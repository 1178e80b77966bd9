/** The rows of «Revisa tus respuestas»: each answer in words, with the step that changes it. */
import { SECTORS } from '@/domain/propuesta'
import { consentsFor, type CommonAnswers } from './answers'
import type { CampaignForm, FormMaterial, SummaryRow } from './campaignForm'
import { municipalityName } from './municipality'
import type { Words } from '../words'

function nameRow(answers: CommonAnswers, t: Words): SummaryRow {
  const value = answers.naming === 'anonymous' ? t('step.revisa.anonymous') : answers.name.trim()
  return { label: t('step.revisa.name'), value: value || t('step.revisa.empty'), step: 'sobre-ti' }
}

function aboutYouRows(answers: CommonAnswers, { municipalities }: FormMaterial, t: Words): SummaryRow[] {
  const sector = SECTORS.find((key) => key === answers.sector)
  const municipality = municipalityName(answers.municipality.trim(), municipalities)
  const unanswered = t('step.revisa.unsaid')
  return [
    { label: t('step.revisa.municipality'), value: municipality || unanswered, step: 'sobre-ti' },
    { label: t('step.revisa.sector'), value: sector ? t(`sector.${sector}`) : unanswered, step: 'sobre-ti' },
  ]
}

const emailRow = (answers: CommonAnswers, t: Words): SummaryRow => ({
  label: t('step.revisa.email'),
  value: answers.email.trim() || t('step.revisa.no_email'),
  step: 'sobre-ti',
})

function consentsRow(answers: CommonAnswers, { notice }: FormMaterial, t: Words): SummaryRow {
  const granted = consentsFor(answers, notice.hash)
  const lines = notice.consents.map(({ key, text }) =>
    granted[key] ? t('step.revisa.granted', { text }) : t('step.revisa.denied', { text }),
  )
  return { label: t('step.revisa.consents'), value: lines.join('\n'), step: 'permisos' }
}

/** The kind's rows, then the rows of the common steps that apply. */
export function summaryOf(form: CampaignForm, answers: CommonAnswers, material: FormMaterial): SummaryRow[] {
  const t = form.words
  const common = [
    nameRow(answers, t),
    ...aboutYouRows(answers, material, t),
    emailRow(answers, t),
    consentsRow(answers, material, t),
  ]
  return [
    ...form.summary(answers, material),
    ...common.filter(({ step }) => form.steps.includes(step) && form.applies(step, answers, material)),
  ]
}
