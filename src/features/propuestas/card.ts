import type { KindCard } from '@/features/feature'
import words from '@/i18n/es-MX/propuestasCard.json'
import { translator } from '@/i18n/translator'

export const card: KindCard = { kind: 'propuestas', icon: 'bubble', label: translator(words)('kind') }
