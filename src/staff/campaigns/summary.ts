/** The form as rows of its review, each with a link to its step. */
import type { RouteLocationRaw } from 'vue-router'
import type { CampaignDraft } from '@/domain/campaignDraft'
import words from '@/i18n/es-MX/staffCampaigns.json'
import { translator } from '@/i18n/translator'
import { formatDay } from '@/ui/dates'
import { type CampaignFields, type Step, TEXTS, type TextField } from './campaignFields'

const t = translator(words)

/** A day in words; for an empty one, the words for none. */
export const dayWords = (value: string) => (value ? formatDay(value) : t('value.none'))

/** The title of the chosen notice with its version. A new notice has no version yet. */
export function noticeName(
  { notice, notice_id }: Pick<CampaignFields, 'notice' | 'notice_id'>,
  notices: CampaignDraft['notices'],
): string {
  if (notice) return t('notice.new', { title: notice.title })
  const chosen = notices.find(({ id }) => id === notice_id)
  return chosen
    ? t('notice.option', { title: chosen.title, version: String(chosen.version) })
    : t('value.none')
}

export function summaryOf(
  form: CampaignFields,
  draft: CampaignDraft,
  toStep: (step: Step) => RouteLocationRaw,
) {
  const textos = toStep('textos')
  const fechas = toStep('fechas')
  return [
    { label: t('field.title'), value: form.title || t('value.none'), change: textos },
    { label: t('field.slug'), value: form.slug || t('value.none'), change: textos },
    { label: t('field.inputs_on'), value: dayWords(form.inputs_on), change: fechas },
    { label: t('field.opens_at'), value: dayWords(form.opens_on), change: fechas },
    { label: t('field.closes_at'), value: dayWords(form.closes_on), change: fechas },
    { label: t('field.grace_hours'), value: form.grace_hours || t('value.none'), change: fechas },
    { label: t('field.results_on'), value: dayWords(form.results_on), change: fechas },
    { label: t('field.answer_by'), value: dayWords(form.answer_by), change: fechas },
    {
      label: t('step.calendario'),
      value: t('review.milestones', { count: form.milestones.length }),
      change: toStep('calendario'),
    },
    { label: t('step.aviso'), value: noticeName(form, draft.notices), change: toStep('aviso') },
  ]
}

/** The errors for the summary above the form, where each line has to name its field. */
export const namedErrors = (errors: readonly { field: string; message: string }[]) =>
  errors.map(({ field, message }) => ({
    field,
    message: isText(field) ? `${t(`field.${field}`)}. ${message}` : message,
  }))

const isText = (field: string): field is TextField => field in TEXTS
