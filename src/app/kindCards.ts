/** How the landing tells of what kind a campaign is. In the first load: nothing else of the kinds is. */
import type { KindCard } from '@/features/feature'
import messages from '@/i18n/es-MX/shell.json'
import { translator } from '@/i18n/translator'

const t = translator(messages)

const cards = Object.values(
  import.meta.glob<KindCard>('../features/*/card.ts', { eager: true, import: 'card' }),
)

/** The icon and the words of a kind; of one that this version does not know, what to do. */
export const cardOf = (kind: string): Pick<KindCard, 'icon' | 'label'> =>
  cards.find((card) => card.kind === kind) ?? { icon: 'info', label: t('kind.unknown') }
