/** The form of a jornada's schedule: every field as it is typed, and the way to and from what the server keeps. */
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
  starts_at: string // HH:MM, in the centre of Mexico
  ends_at: string
  place: string
  modality: Schedule['modality']
  capacity: string
  reason: string
}

/** The form of what is kept. The reason is always a new one. */
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

/** An hour that was not touched stays to the second, and on its side of midnight. */
function instantOf(form: ScheduleForm, base: Schedule, key: 'starts_at' | 'ends_at'): string | null {
  if (form.pending || !form.on_day || !form[key]) return null
  const kept = base[key]
  const isKept = kept !== null && base.on_day === form.on_day && localTime(kept) === form[key]
  return isKept ? kept : instantAt(form.on_day, form[key])
}

/** What is sent, over the day that the form was written on. A capacity that is no number is NaN. */
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

/** What was changed over `before`, put over `after`. The reason is always mine. */
export const rebase = (form: ScheduleForm, before: Schedule, after: Schedule): ScheduleForm =>
  rebaseForm(form, toForm(before, form.reason), toForm(after, form.reason))

export interface FormError {
  field: string
  message: string
}

/** The words for a refusal of a schedule; `taken` seats are given, as far as this phone knows. */
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

/** Everything wrong before anything is sent, each at its field; none at all is also wrong: it changes nothing. */
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
