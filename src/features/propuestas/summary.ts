/** «Revisa tus respuestas»: every answer in words, with the step where it is changed. */
import { SECTORS } from '@/domain/propuesta'
import messages from '@/i18n/es-MX/propuestas.json'
import { translator } from '@/i18n/translator'
import { consentsFor, type Answers } from './answers'
import { aboutKindOf, type FormMaterial } from './checkDraft'
import { describeAbout } from './describe'
import { municipalityName } from './municipality'
import type { Step } from './stepGraph'

const t = translator(messages)

interface SummaryRow {
  label: string
  value: string
  step: Step
}

function nameRow(answers: Answers): SummaryRow {
  const value = answers.naming === 'anonymous' ? t('step.revisa.anonymous') : answers.name.trim()
  return { label: t('step.revisa.name'), value: value || t('step.revisa.empty'), step: 'nombre' }
}

function consentsRow(answers: Answers, { notice }: FormMaterial): SummaryRow {
  const granted = consentsFor(answers, notice.hash)
  const lines = notice.consents.map(({ key, text }) =>
    granted[key] ? t('step.revisa.granted', { text }) : t('step.revisa.denied', { text }),
  )
  return { label: t('step.revisa.consents'), value: lines.join('\n'), step: 'permisos' }
}

function aboutYouRows(answers: Answers, { municipalities }: FormMaterial): SummaryRow[] {
  const sector = SECTORS.find((key) => key === answers.sector)
  const municipality = municipalityName(answers.municipality.trim(), municipalities)
  const unsaid = t('step.revisa.unsaid')
  return [
    { label: t('step.revisa.municipality'), value: municipality || unsaid, step: 'sobre-ti' },
    { label: t('step.revisa.sector'), value: sector ? t(`sector.${sector}`) : unsaid, step: 'sobre-ti' },
  ]
}

/** Rows in the order of the form. */
export function summaryOf(answers: Answers, material: FormMaterial): SummaryRow[] {
  const { parts } = material.convocatoria
  const empty = t('step.revisa.empty')
  const helps: SummaryRow = {
    label: t('step.revisa.helps'),
    value: answers.helps ? t(`helps.${answers.helps}`) : empty,
    step: 'ayuda',
  }
  return [
    { label: t('step.revisa.about'), value: describeAbout(answers, parts) ?? empty, step: 'sobre' },
    ...(aboutKindOf(answers, parts) === 'action' ? [helps] : []),
    { label: t('step.revisa.body'), value: answers.body.trim() || empty, step: 'texto' },
    nameRow(answers),
    ...aboutYouRows(answers, material),
    {
      label: t('step.revisa.email'),
      value: answers.email.trim() || t('step.revisa.no_email'),
      step: 'correo',
    },
    consentsRow(answers, material),
  ]
}
