/** The editor's form: every field as typed text, and its conversion from and to the server's data. */
import { refuseDates, refuseMilestones } from '@/domain/calendar'
import { endOfDay, localDay, startOfDay } from '@/domain/centralTime'
import type { CampaignData } from '@/domain/campaignDraft'
import { NO_KIND } from '@/domain/kinds'
import type { Refusal } from '@/domain/refusals'
import type { NoticeConsent } from '@/domain/rows'
import { hasControl, visibleLength } from '@/domain/text'

export const STEPS = ['textos', 'fechas', 'calendario', 'aviso', 'revisar'] as const
export type Step = (typeof STEPS)[number]

/** Maximum lengths in code points. */
export const TEXTS = {
  title: { max: 120, optional: false },
  slug: { max: 80, optional: false },
  summary: { max: 300, optional: false },
  question: { max: 500, optional: false },
  who_decides: { max: 1000, optional: false },
  what_happens_next: { max: 2000, optional: false },
  label: { max: 120, optional: true },
  source: { max: 500, optional: true },
} as const
export type TextField = keyof typeof TEXTS

export interface MilestoneForm {
  on: string
  until: string
  title: string
  note: string
}

/** A new version of a notice. Empty lines separate paragraphs. */
export interface NoticeForm {
  title: string
  simplified: string
  full: { heading: string; text: string }[]
  consents: NoticeConsent[]
}

export type CampaignFields = Record<TextField, string> & {
  kind: string | null
  opens_on: string
  closes_on: string
  grace_hours: string
  inputs_on: string
  results_on: string
  answer_by: string
  milestones: MilestoneForm[]
  notice_id: string | null
  notice: NoticeForm | null
  reason: string
}

export interface FormProblem {
  field: string
  code: Refusal
}

const EMPTY: CampaignFields = {
  kind: null,
  title: '',
  slug: '',
  summary: '',
  question: '',
  who_decides: '',
  what_happens_next: '',
  label: '',
  source: '',
  opens_on: '',
  closes_on: '',
  grace_hours: '48',
  inputs_on: '',
  results_on: '',
  answer_by: '',
  milestones: [],
  notice_id: null,
  notice: null,
  reason: '',
}

/** The form of the server's data; an empty one for a new convocatoria. */
export function toForm(data: CampaignData | null): CampaignFields {
  if (!data) return { ...EMPTY, milestones: [] }
  return {
    ...EMPTY,
    ...data,
    label: data.label ?? '',
    source: data.source ?? '',
    opens_on: data.opens_at ? localDay(data.opens_at) : '',
    closes_on: data.closes_at ? localDay(data.closes_at) : '',
    grace_hours: String(data.grace_hours ?? ''),
    inputs_on: data.inputs_on ?? '',
    results_on: data.results_on ?? '',
    answer_by: data.answer_by ?? '',
    milestones: data.milestones.map(({ on, until, title, note }) => ({
      on: on ?? '',
      until: until ?? '',
      title,
      note: note ?? '',
    })),
  }
}

/** Keeps the stored hour while its day is unchanged, because the form edits days only. */
const instantOf = (day: string, kept: string | null | undefined, edge: (day: string) => string) => {
  if (!day) return null
  return kept && localDay(kept) === day ? kept : edge(day)
}

export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n\s*\n/u)
    .map((one) => one.trim())
    .filter(Boolean)

const noticeOf = ({ title, simplified, full, consents }: NoticeForm) => ({
  title,
  simplified: paragraphsOf(simplified),
  full: full.map(({ heading, text }) => ({ heading, paragraphs: paragraphsOf(text) })),
  consents,
})

/** The argument `p_data` of `save_convocatoria`. */
export function toData(
  form: CampaignFields,
  kept: CampaignData | null,
): CampaignData & Record<string, unknown> {
  const { opens_on, closes_on, notice, grace_hours, milestones, ...rest } = form
  const grace = grace_hours.trim()
  return {
    ...rest,
    kind: form.kind ?? NO_KIND, // the form refuses it before anything is sent
    label: form.label.trim() || null,
    source: form.source.trim() || null,
    opens_at: instantOf(opens_on, kept?.opens_at, startOfDay),
    closes_at: instantOf(closes_on, kept?.closes_at, endOfDay),
    grace_hours: /^\d{1,4}$/u.test(grace) ? Number(grace) : null,
    inputs_on: form.inputs_on || null,
    results_on: form.results_on || null,
    answer_by: form.answer_by || null,
    milestones: milestones.map((one) => ({
      title: one.title.trim(),
      on: one.on || null,
      until: one.until || null,
      note: one.note.trim() || null,
    })),
    ...(notice ? { notice: noticeOf(notice) } : {}),
  }
}

function refuseText(form: CampaignFields, field: TextField): FormProblem[] {
  const { max, optional } = TEXTS[field]
  const text = form[field].trim()
  if (visibleLength(text) === 0) return optional ? [] : [{ field, code: 'text_required' }]
  if (hasControl(text)) return [{ field, code: 'body_invalid' }]
  if ([...text].length > max) return [{ field, code: 'text_too_long' }]
  const isOdd = field === 'slug' && !/^[a-z0-9]+(-[a-z0-9]+)*$/u.test(text)
  return isOdd ? [{ field, code: 'slug_invalid' }] : []
}

function refuseNotice({ notice, notice_id }: CampaignFields): FormProblem[] {
  if (!notice) return notice_id ? [] : [{ field: 'notice_id', code: 'notice_unknown' }]
  const { simplified, full } = noticeOf(notice)
  const isWhole = simplified.length > 0 && full.length > 0 && full.every((one) => one.paragraphs.length > 0)
  return isWhole ? [] : [{ field: 'simplified', code: 'notice_incomplete' }]
}

/** Every problem of one step, in the order of its fields; «revisar» checks all steps. */
export function refuseStep(step: Step, form: CampaignFields, kept: CampaignData | null): FormProblem[] {
  const data = toData(form, kept)
  switch (step) {
    case 'textos':
      return [
        ...(form.kind ? [] : [{ field: 'kind', code: 'kind_required' as const }]),
        ...(Object.keys(TEXTS) as TextField[]).flatMap((field) => refuseText(form, field)),
      ]
    case 'fechas':
      return refuseDates(data)
    case 'calendario':
      return refuseMilestones(data.milestones)
    case 'aviso':
      return refuseNotice(form)
    case 'revisar':
      return STEPS.slice(0, -1).flatMap((one) => refuseStep(one, form, kept))
  }
}
