/** The differences of two forms of one convocatoria, field by field, in the words of the editor. */
import type { CampaignDraft } from '@/domain/campaignDraft'
import words from '@/i18n/es-MX/staffCampaigns.json'
import { translator } from '@/i18n/translator'
import { namesOf } from '../kinds'
import type { ChangeRow } from '../conflict/changes'
import type { CampaignFields, MilestoneForm } from './campaignFields'
import { dayWords, noticeName } from './summary'

type Notices = CampaignDraft['notices']

const t = translator(words)

function milestoneWords({ on, until, title, note }: MilestoneForm): string {
  const days = until ? `${dayWords(on)} – ${dayWords(until)}` : dayWords(on)
  return [days, title, note].filter(Boolean).join(' · ')
}

const TEXTS = [
  'title',
  'slug',
  'summary',
  'question',
  'who_decides',
  'what_happens_next',
  'label',
  'source',
] as const
const DAYS = [
  { key: 'inputs_on', label: t('field.inputs_on') },
  { key: 'opens_on', label: t('field.opens_at') },
  { key: 'closes_on', label: t('field.closes_at') },
  { key: 'results_on', label: t('field.results_on') },
  { key: 'answer_by', label: t('field.answer_by') },
] as const

/** Every field in words, in the order of the steps. */
const linesOf = (form: CampaignFields, notices: Notices) => [
  { label: t('field.kind'), value: form.kind ? namesOf(form.kind).campaign : t('value.none') },
  ...TEXTS.map((key) => ({ label: t(`field.${key}`), value: form[key] || t('value.none') })),
  ...DAYS.map(({ key, label }) => ({ label, value: dayWords(form[key]) })),
  { label: t('field.grace_hours'), value: form.grace_hours || t('value.none') },
  {
    label: t('step.calendario'),
    value: form.milestones.map(milestoneWords).join('\n') || t('value.none'),
  },
  { label: t('step.aviso'), value: noticeName(form, notices) },
]

/** Only the fields whose words differ in `after`. */
export function differencesOf(before: CampaignFields, after: CampaignFields, notices: Notices): ChangeRow[] {
  const now = linesOf(after, notices)
  return linesOf(before, notices)
    .map(({ label, value }, place) => ({ label, before: value, after: now[place]!.value }))
    .filter((row) => row.before !== row.after)
}
