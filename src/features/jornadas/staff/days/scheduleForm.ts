/** The form of a jornada's schedule: every field as typed text, and its conversion from and to the server's data. */
import { serverNow } from '@/data/serverClock'
import { instantAt, localDay, localTime } from '@/domain/centralTime'
import { type Reschedule, type Schedule, changedFields, refuseReschedule } from './schedule'
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
  reason: string
}

/** The form of a schedule. A schedule has no reason, so the form starts with the given one. */
export const toForm = (day: Schedule, reason = ''): ScheduleForm => ({
  pending: day.on_day === null,
  on_day: day.on_day ?? '',
  starts_at: day.starts_at ? localTime(day.starts_at) : '',
  ends_at: day.ends_at ? localTime(day.ends_at) : '',
  place: day.place ?? '',
  modality: day.modality,
  capacity: day.capacity === null ? '' : String(day.capacity),
  reason,
})

/** Keeps the stored instant while neither day nor hour changed, with its seconds and its date. */
function instantOf(form: ScheduleForm, base: Schedule, key: 'starts_at' | 'ends_at'): string | null {
  if (form.pending || !form.on_day || !form[key]) return null
  const kept = base[key]
  const isKept = kept !== null && base.on_day === form.on_day && localTime(kept) === form[key]
  return isKept ? kept : instantAt(form.on_day, form[key])
}

/** The payload of a form that edits `base`. A capacity that is not a number becomes NaN. */
export function toReschedule(form: ScheduleForm, base: Schedule): Reschedule {
  const capacity = form.capacity.trim()
  return {
    on_day: form.pending ? null : form.on_day || null,
    starts_at: instantOf(form, base, 'starts_at'),
    ends_at: instantOf(form, base, 'ends_at'),
    place: form.place.trim() || null,
    modality: form.modality,
    capacity: capacity === '' ? null : /^\d{1,9}$/u.test(capacity) ? Number(capacity) : Number.NaN,
    reason: form.reason.trim(),
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
  if (code === 'jornada_past') return t(field ? 'problem.past' : 'detail.attended')
  if (code !== 'schedule_invalid') return refusalText(code)
  switch (field) {
    case 'on_day':
    case 'starts_at':
    case 'ends_at':
    case 'place':
    case 'capacity':
      return t(`problem.${field}`)
    default:
      return refusalText(code)
  }
}

/** Every problem of the form, each at its field. A form that changes nothing has the problem of field ''. */
export function refuseForm(form: ScheduleForm, base: Schedule, taken: number): FormError[] {
  const change = toReschedule(form, base)
  const error = (field: string, message: string) => ({ field, message })
  const errors: FormError[] = []
  if (!form.pending && !form.on_day) errors.push(error('on_day', t('problem.on_day')))
  if (!form.pending && !form.starts_at && form.ends_at) {
    errors.push(error('starts_at', t('problem.starts_at')))
  }
  const today = localDay(serverNow())
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
