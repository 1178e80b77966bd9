/** Settings as the server answers them, for tests. */
import type { InstitutionSettings } from '@/domain/institution'

export const settingsOf = (change: Partial<InstitutionSettings> = {}): InstitutionSettings => ({
  version: 3,
  data: {
    name: 'Instituto de prueba',
    short_name: 'IP',
    email: 'ayuda@instituto.example',
    transparency_unit: 'Unidad',
    mail_from: 'avisos@instituto.example',
    phone: '',
    address: '',
    hours: '',
    help_text: '',
    accent: '#5b3a8e',
    grace_hours: 48,
    storage_gb: 0,
    silence_from: '',
    silence_until: '',
    keep_contacts_months: 12,
    keep_videos_days: 90,
    keep_attendance_months: 24,
    keep_withdrawn_days: 30,
    keep_records_years: 10,
    require_aal2: false,
    session_idle_hours: 72,
    session_max_days: 30,
  },
  logo: null,
  is_demo: false,
  without_factor: 2,
  own_factor: false,
  holidays: [{ day: '2026-12-25', name: 'Navidad' }],
  official: [
    { day: '2026-09-16', name: 'Día de la Independencia' },
    { day: '2026-12-25', name: 'Navidad' },
    { day: '2027-01-01', name: 'Año Nuevo' },
  ],
  history: [],
  ...change,
})

/** A project of which nobody has said anything. */
export const emptySettings = (): InstitutionSettings => {
  const { data, ...rest } = settingsOf({ version: 0, holidays: [] })
  const unsaid = { name: null, short_name: null, email: null, transparency_unit: null, mail_from: null }
  return { ...rest, data: { ...data, ...unsaid } }
}
