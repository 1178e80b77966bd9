import type { KindCard } from '@/features/feature'
import words from '@/i18n/es-MX/jornadasCard.json'
import { translator } from '@/i18n/translator'

export const card: KindCard = { kind: 'jornadas', icon: 'calendar', label: translator(words)('kind') }
