/** Labels of the kinds of campaign for the landing: the only part of the kinds in the first load. */
import type { KindCard } from '@/features/feature'
import messages from '@/i18n/es-MX/shell.json'
import { translator } from '@/i18n/translator'

const t = translator(messages)

const cards = Object.values(
  import.meta.glob<KindCard>('../features/*/card.ts', { eager: true, import: 'card' }),
)

/** The words of a kind. The label of an unknown kind asks for an update. */
export const cardOf = (kind: string): Pick<KindCard, 'label' | 'now'> =>
  cards.find((card) => card.kind === kind) ?? { label: t('kind.unknown'), now: '' }
