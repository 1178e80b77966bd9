/** The institution's settings, as administrators read and save them. SQL decides; what is here only answers sooner. */
import type { Problem } from './problems'
import { refuseEmail } from './email'
import type { Refusal } from './refusals'
import { canon, visibleLength } from './canon'

/** Null: nobody has said it yet. */
export interface InstitutionData {
  name: string | null
  short_name: string | null
  email: string | null
  transparency_unit: string | null
  mail_from: string | null
  phone: string
  address: string
  hours: string
  help_text: string
  accent: string // #rrggbb
  grace_hours: number
  storage_gb: number // contracted for files, in thousands of millions of bytes; 0: unknown
  silence_from: string // both days of the electoral silence, or two empty texts
  silence_until: string
  keep_contacts_months: number // how long personal data is kept (decision 0046)
  keep_videos_days: number
  keep_attendance_months: number
  keep_withdrawn_days: number
  keep_records_years: number
  /** Whether staff need a second factor. */
  require_aal2: boolean
  session_idle_hours: number
  session_max_days: number
}

export type SettingKey = keyof InstitutionData

/** PNG in base64: `header` at most 480 × 96, `icon` at most 192 × 192. */
export interface LogoFiles {
  header: string
  icon: string
}

export interface InstitutionLogo extends LogoFiles {
  hash: string
}

/** What `save_institution` takes: the settings that change. `logo: null` removes it. */
export type SettingsChange = Partial<InstitutionData> & { logo?: LogoFiles | null }

/** A day on which the institution does not work, `YYYY-MM-DD`. */
export interface Holiday {
  day: string
  name: string
}

export interface InstitutionSettings {
  /** 0: nothing was saved yet. */
  version: number
  data: InstitutionData
  logo: InstitutionLogo | null
  is_demo: boolean
  /** Active members of staff without a second factor. */
  without_factor: number
  /** Whether the caller has a second factor: only then may they demand one of everybody. */
  own_factor: boolean
  holidays: Holiday[]
  /** Those of the law, for this year and the next two. */
  official: Holiday[]
  /** The last 50 changes, the newest first: `{setting: [before, after]}`. */
  history: { at: string; actor: string | null; changes: Record<string, [unknown, unknown]> }[]
}

/** What an institution must say before anything else. */
export const REQUIRED = ['name', 'short_name', 'email', 'transparency_unit', 'mail_from'] as const

/** The most code points of each text. */
export const TEXT_MAX = {
  name: 120,
  short_name: 40,
  email: 254,
  transparency_unit: 600,
  mail_from: 254,
  phone: 60,
  address: 300,
  hours: 200,
  help_text: 500,
} as const satisfies Partial<Record<SettingKey, number>>

const isRequired = (key: SettingKey) => REQUIRED.some((required) => required === key)

function refuseText(key: keyof typeof TEXT_MAX, text: string): Refusal | null {
  if (visibleLength(text) === 0) return isRequired(key) ? 'text_required' : null
  if ([...canon(text).trim()].length > TEXT_MAX[key]) return 'text_too_long'
  return key === 'email' || key === 'mail_from' ? refuseEmail(text) : null
}

/** Everything wrong with these settings, in the order of `keys`; empty when they can be saved. */
export const refuseSettings = (
  data: InstitutionData,
  keys: readonly SettingKey[],
): { field: SettingKey; code: Refusal | Problem }[] =>
  keys.flatMap((field) => {
    const code = refuseSetting(data, field)
    return code ? [{ field, code }] : []
  })

function refuseSilence({ silence_from, silence_until }: InstitutionData, key: SettingKey): Problem | null {
  if (!silence_from !== !silence_until) {
    return !silence_from === (key === 'silence_from') ? 'silence_incomplete' : null
  }
  return key === 'silence_until' && silence_until < silence_from ? 'silence_disordered' : null
}

/** The least and the most of each setting that is a number. */
const NUMBER_BOUNDS = {
  grace_hours: [0, 168],
  storage_gb: [0, 100_000],
  session_idle_hours: [1, 720],
  session_max_days: [1, 90],
  keep_contacts_months: [1, 36],
  keep_videos_days: [15, 365],
  keep_attendance_months: [6, 60],
  keep_withdrawn_days: [2, 180],
  keep_records_years: [5, 30],
} as const satisfies Partial<Record<SettingKey, readonly [number, number]>>

export type NumberKey = keyof typeof NUMBER_BOUNDS
export const NUMBER_KEYS = Object.keys(NUMBER_BOUNDS) as NumberKey[]
export const isNumberKey = (key: SettingKey): key is NumberKey => key in NUMBER_BOUNDS

/** The periods for which personal data is kept, by the names of the settings. */
export type RetentionPeriods = Pick<InstitutionData, Exclude<NumberKey, 'grace_hours' | 'storage_gb'>>

/** Of `retention_outlook`: how many rows each rule deletes within so many days. */
export interface RetentionOutlook {
  days: number
  counts: Record<'contacts' | 'unselected' | 'attendance' | 'withdrawn' | 'licences' | 'records', number>
}

/** A line of `deletion_receipts`. `amount` is the period that was over, in the unit of its rule. */
export interface DeletionReceipt {
  id: number
  on_day: string
  rule: keyof RetentionOutlook['counts'] | 'files' | 'copies' | 'surveys' | 'taps' | 'comments' | 'insumos'
  amount: number | null
  deleted: number
  last_at: string
  convocatoria_title: string | null
}

function refuseSetting(data: InstitutionData, key: SettingKey): Refusal | Problem | null {
  if (key === 'silence_from' || key === 'silence_until') return refuseSilence(data, key)
  if (key === 'accent') return /^#[0-9a-f]{6}$/u.test(data.accent) ? null : 'accent_invalid'
  if (key === 'require_aal2') return null
  if (isNumberKey(key)) {
    const [least, most] = NUMBER_BOUNDS[key]
    return Number.isInteger(data[key]) && data[key] >= least && data[key] <= most ? null : 'number_invalid'
  }
  return refuseText(key, data[key] ?? '')
}
