/** The rows of «Revise sus respuestas» that are a registration's own. */
import type { FormMaterial, SummaryRow } from '@/campaign/form/campaignForm'
import { needOf, type Answers } from './answers'
import { detailsOf, whenWords } from './days'
import type { Jornada } from './registration'
import { t } from './words'

const isOnline = ({ id, online }: Jornada, { online_ids }: Answers) => !!online && online_ids.includes(id)

function daysWords(answers: Answers, { convocatoria }: FormMaterial): string {
  return detailsOf(convocatoria)
    .jornadas.filter(({ id }) => answers.jornada_ids.includes(id))
    .map(
      (day) => `${day.title}: ${whenWords(day)}${isOnline(day, answers) ? `, ${t('modality.virtual')}` : ''}`,
    )
    .join('\n')
}

const colleaguesWords = ({ colleagues, attends }: Answers) =>
  [
    ...colleagues.map(({ display_name, post }) => [display_name, post].join(', ')),
    ...(attends ? [] : [t('step.revisa.not_attending')]),
  ].join('\n')

export function summary(answers: Answers, material: FormMaterial): SummaryRow[] {
  const row = (label: string, value: string, step: string): SummaryRow => ({
    label,
    value: value.trim() || t('step.revisa.empty'),
    step,
  })
  return [
    row(t('step.revisa.body'), answers.body_name, 'institucion'),
    row(t('step.revisa.days'), daysWords(answers, material), 'dias'),
    row(t('step.revisa.name'), answers.name, 'persona'),
    row(t('step.revisa.post'), answers.post, 'persona'),
    row(t('step.revisa.email'), answers.email, 'persona'),
    ...(answers.colleagues.length > 0
      ? [row(t('step.revisa.colleagues'), colleaguesWords(answers), 'persona')]
      : []),
    row(t('step.revisa.need'), needOf(answers) || t('step.revisa.need.none'), 'persona'),
  ]
}
