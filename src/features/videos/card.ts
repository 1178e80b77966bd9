import type { KindCard } from '@/features/feature'
import words from '@/i18n/es-MX/videosCard.json'
import { translator } from '@/i18n/translator'

export const card: KindCard = { kind: 'videos', icon: 'video', label: translator(words)('kind') }
