import type { KindCard } from '@/features/feature'
import words from '@/i18n/es-MX/videosCard.json'
import { translator } from '@/i18n/translator'

const t = translator(words)

export const card: KindCard = {
  kind: 'videos',
  label: t('kind'),
  now: t('now'),
}
