/** The form of a jornada's schedule: every field as typed text, and its conversion from and to the server's data. */
import { certainNow } from '@/data/serverClock'
import { instantAt, localDay, localTime } from '@/domain/centralTime'
import {
  changedFields,
  type Detail,
  DETAILS,
  refuseReason,
  refuseReschedule,
  type Reschedule,
  type Schedule,
  turns,
} from './schedule'
import words from '@/i18n/es-MX/jornadasReschedule.json'
import { refusalText } from '@/i18n/refusals'
import { translator } from '@/i18n/translator'
import { rebaseForm } from '@/staff/conflict/changes'

const t = translator(words)

export interface ScheduleForm {
  /** «Fecha por confirmar»: neither a day nor hours. */
  pending: boolean
  on_day: string
  starts_at: string // HH:MM in central Mexico
  ends_at: string
  place: string
  modality: Schedule['modality']
  capacity: string
  online_capacity: string // of a day in both modalities
  speaker: string
  speaker_post: string
  address: string
  accessibility: string
  link: string
  /** Whether the day does not take place. */
  cancelled: boolean
  reason: string
}

/** The form of a schedule. A schedule has no reason, so the form starts with the given one. */
export const toForm = (day: Schedule & { cancelled?: boolean }, reason = ''): ScheduleForm => ({
  pending: day.on_day === null,
  on_day: day.on_day ?? '',
  starts_at: day.starts_at ? localTime(day.starts_at) : '',
  ends_at: day.ends_at ? localTime(day.ends_at) : '',
  place: day.place ?? '',
  modality: day.modality,
  capacity: day.capacity === null ? '' : String(day.capacity),
  online_capacity: String(day.online_capacity ?? ''),
  speaker: day.speaker ?? '',
  speaker_post: day.speaker_post ?? '',
  address: day.address ?? '',
  accessibility: day.accessibility ?? '',
  link: day.link ?? '',
  cancelled: day.cancelled ?? !!day.cancelled_at,
  reason,
})

/** The form of a change that edits `base`. A change that an older version wrote has fewer fields. */
export const formOf = (change: Reschedule, base: Schedule): ScheduleForm =>
  toForm({ ...base, ...change }, change.reason)

/** Keeps the stored instant while neither day nor hour changed, with its seconds and its date. */
function instantOf(form: ScheduleForm, base: Schedule, key: 'starts_at' | 'ends_at'): string | null {
  if (form.pending || !form.on_day || !form[key]) return null
  const kept = base[key]
  const isKept = kept !== null && base.on_day === form.on_day && localTime(kept) === form[key]
  return isKept ? kept : instantAt(form.on_day, form[key])
}

/** The details of the form. What `base` lacks is not sent, so that the server keeps what this phone does not know. */
const detailsOf = (form: ScheduleForm, base: Schedule) =>
  Object.fromEntries(
    DETAILS.filter((key) => base[key] !== undefined).map((key) => [key, form[key].trim() || null]),
  ) as Pick<Schedule, Detail>

const scheduleOf = ({
  on_day,
  starts_at,
  ends_at,
  place,
  modality,
  capacity,
  online_capacity = null,
}: Schedule) => ({
  online_capacity,
  on_day,
  starts_at,
  ends_at,
  place,
  modality,
  capacity,
})

const numberOf = (typed: string) =>
  typed.trim() === '' ? null : /^\d{1,9}$/u.test(typed.trim()) ? Number(typed) : Number.NaN

/**
 * The payload of a form that edits `base`. A capacity that is not a number becomes NaN. A day that is called off or
 * brought back changes nothing else.
 */
export function toReschedule(form: ScheduleForm, base: Schedule): Reschedule {
  const { cancelled } = form
  const reason = form.reason.trim()
  if (turns(base, { cancelled })) return { ...scheduleOf(base), cancelled, reason }
  return {
    ...detailsOf(form, base),
    cancelled,
    reason,
    on_day: form.pending ? null : form.on_day || null,
    starts_at: instantOf(form, base, 'starts_at'),
    ends_at: instantOf(form, base, 'ends_at'),
    place: form.place.trim() || null,
    modality: form.modality,
    capacity: numberOf(form.capacity),
    online_capacity: form.modality === 'presencial' ? numberOf(form.online_capacity) : null,
  }
}

/** Rebases a form from `before` onto `after`. The form keeps its reason. */
export const rebase = (form: ScheduleForm, before: Schedule, after: Schedule): ScheduleForm =>
  rebaseForm(form, toForm(before, form.reason), toForm(after, form.reason))

export interface FormError {
  field: string
  message: string
}

/** The words for the refusal of a schedule. `taken` is the number of taken seats that this phone knows. */
export function problemText(code: string, field: string | null, taken: number): string {
  if (code === 'capacity_too_small' && taken > 0) return t('problem.capacity_too_small', { count: taken })
  if (code === 'reason_required') return t('problem.reason')
  if (code === 'message_too_long') return t('problem.reason_long')
  if (code === 'jornada_cancelled') return t('problem.cancelled')
  if (code === 'jornada_past') return t(field ? 'problem.past' : 'detail.attended')
  if (code !== 'schedule_invalid') return refusalText(code)
  switch (field) {
    case 'on_day':
    case 'starts_at':
    case 'ends_at':
    case 'place':
    case 'capacity':
    case 'online_capacity':
    case 'speaker':
    case 'speaker_post':
    case 'address':
    case 'accessibility':
    case 'link':
      return t(`problem.${field}`)
    default:
      return refusalText(code)
  }
}

/** Every problem of the form, each at its field. A form that changes nothing has the problem of field ''. */
export function refuseForm(form: ScheduleForm, base: Schedule, taken: number): FormError[] {
  const change = toReschedule(form, base)
  const error = (field: string, message: string) => ({ field, message })
  if (turns(base, change)) {
    return refuseReason(change.reason).map(({ field, code }) => error(field, problemText(code, field, taken)))
  }
  const errors: FormError[] = []
  if (!form.pending && !form.on_day) errors.push(error('on_day', t('problem.on_day')))
  if (!form.pending && !form.starts_at && form.ends_at) {
    errors.push(error('starts_at', t('problem.starts_at')))
  }
  const today = localDay(certainNow())
  const isSaid = (field: string) => errors.some((one) => one.field === field)
  for (const { field, code } of refuseReschedule(change, today, taken)) {
    if (field === 'ends_at' && (isSaid('starts_at') || isSaid('on_day'))) continue
    errors.push(error(field, problemText(code, field, taken)))
  }
  if (errors.length === 0 && changedFields(base, change).length === 0) {
    errors.push(error('', t('problem.nothing')))
  }
  return errors
}
