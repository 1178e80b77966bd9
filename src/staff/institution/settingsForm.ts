/** The settings as the form holds them: what an input can hold, what changed, and the words for both. */
import { canonicalEmail } from '@/domain/email'
import {
  type Holiday,
  type InstitutionData,
  type InstitutionSettings,
  isNumberKey,
  type LogoFiles,
  NUMBER_KEYS,
  refuseSettings,
  REQUIRED,
  type SettingKey,
  type SettingsChange,
  TEXT_MAX,
} from '@/domain/institution'
import words from '@/i18n/es-MX/staffInstitution.json'
import { problemText } from '@/i18n/problems'
import { translator } from '@/i18n/translator'
import { formatDay } from '@/ui/dates'
import type { ChangeRow } from '../conflict/changes'

export type SettingsForm = Record<SettingKey, string> & { logo: LogoFiles | null; holidays: Holiday[] }

const t = translator(words)

const TEXTS = Object.keys(TEXT_MAX) as (keyof typeof TEXT_MAX)[]
const SILENCE = ['silence_from', 'silence_until'] as const
const ACCESS = ['require_aal2', 'session_idle_hours', 'session_max_days'] as const
const KEYS: readonly SettingKey[] = [...TEXTS, 'accent', ...NUMBER_KEYS, ...SILENCE, 'require_aal2']

/** The settings that each part of the page holds. */
export const GROUPS = {
  identity: ['name', 'short_name'],
  contact: ['email', 'phone', 'hours', 'address', 'help_text'],
  transparency: ['transparency_unit'],
  mail: ['mail_from'],
  calendar: [],
  limits: ['grace_hours', 'storage_gb'],
  retention: [
    'keep_contacts_months',
    'keep_videos_days',
    'keep_attendance_months',
    'keep_withdrawn_days',
    'keep_records_years',
  ],
  silence: SILENCE,
  access: ACCESS,
  history: [],
} as const satisfies Record<string, readonly SettingKey[]>

export type Group = keyof typeof GROUPS

/** The part of the page that holds a setting, by the id of its field. */
export function groupOf(field: string): Group {
  if (field.startsWith('holiday')) return 'calendar'
  const found = (Object.keys(GROUPS) as Group[]).find((group) => GROUPS[group].some((key) => key === field))
  return found ?? 'identity'
}

export function formOf({ data, logo, holidays }: InstitutionSettings): SettingsForm {
  const texts = Object.fromEntries(KEYS.map((key) => [key, String(data[key] ?? '')]))
  return {
    ...(texts as Record<SettingKey, string>),
    logo: logo && { header: logo.header, icon: logo.icon },
    holidays: holidays.map((one) => ({ ...one })),
  }
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

const valueOf = (form: SettingsForm, key: SettingKey) => {
  const text = form[key].trim()
  if (isNumberKey(key)) return /^\d+$/u.test(text) ? Number(text) : NaN
  if (key === 'require_aal2') return text === 'true'
  if (key === 'email' || key === 'mail_from') return canonicalEmail(text) ?? text
  return key === 'accent' ? text.toLowerCase() : text
}

const dataOf = (form: SettingsForm) =>
  Object.fromEntries(KEYS.map((key) => [key, valueOf(form, key)])) as unknown as InstitutionData

/** In which order a calendar is kept. */
export const inOrder = (days: readonly Holiday[]): Holiday[] =>
  days.toSorted((one, other) => one.day.localeCompare(other.day))

/** What differs from how the form began, as the server takes it; null where nothing does. */
export function changesOf(
  form: SettingsForm,
  was: SettingsForm,
): { data: SettingsChange | null; holidays: Holiday[] | null } {
  const changed = KEYS.filter((key) => !isSame(valueOf(form, key), valueOf(was, key)))
  const data: SettingsChange = {
    ...Object.fromEntries(changed.map((key) => [key, valueOf(form, key)])),
    ...(isSame(form.logo, was.logo) ? {} : { logo: form.logo }),
  }
  return {
    data: Object.keys(data).length > 0 ? data : null,
    holidays: isSame(inOrder(form.holidays), inOrder(was.holidays)) ? null : inOrder(form.holidays),
  }
}

/** What keeps these settings from being saved, in words, each by the id of its field. */
export function errorsOf(
  form: SettingsForm,
  keys: readonly SettingKey[] = KEYS,
): { field: string; message: string }[] {
  return refuseSettings(dataOf(form), keys).map(({ field, code }) => ({
    field,
    message: t('error', { field: t(`field.${field}`), problem: problemText(code) }),
  }))
}

export const requiredErrorsOf = (form: SettingsForm) => errorsOf(form, REQUIRED)

/** A setting as people read it. */
export function settingWords(key: string, value: unknown): string {
  if (key === 'logo') return t(value ? 'history.yes' : 'history.no')
  if (key === 'require_aal2') return t(String(value) === 'true' ? 'access.yes' : 'access.no')
  if (key === 'holidays') return t('calendar.count', { count: (value as Holiday[]).length })
  if (SILENCE.some((one) => one === key) && value) return formatDay(String(value))
  return String(value ?? '') || t('history.empty')
}

/** The days that only one of the two lists holds, or holds under another name. */
function calendarRows(before: readonly Holiday[], after: readonly Holiday[]): ChangeRow[] {
  const nameIn = (days: readonly Holiday[], day: string) =>
    days.find((one) => one.day === day)?.name ?? t('history.empty')
  const days = [...new Set([...before, ...after].map(({ day }) => day))].toSorted()
  return days
    .map((day) => ({ label: formatDay(day), before: nameIn(before, day), after: nameIn(after, day) }))
    .filter((row) => row.before !== row.after)
}

/** What differs between two forms, line by line. */
export const changeRows = (before: SettingsForm, after: SettingsForm): ChangeRow[] => [
  ...[...KEYS, 'logo' as const]
    .filter((key) => !isSame(before[key], after[key]))
    .map((key) => ({
      label: t(`field.${key}`),
      before: settingWords(key, before[key]),
      after: settingWords(key, after[key]),
    })),
  ...calendarRows(before.holidays, after.holidays),
]
