import messages from '@/i18n/es-MX/propuestasFindings.json'
import { translator } from '@/i18n/translator'
import type { SortingItem } from '../../findings'

export const t = translator(messages)

/** A proposal in one line: its part of the strategy and where it comes from. */
export const aboutOf = (item: Pick<SortingItem, 'part_label' | 'municipality_name'>): string =>
  [item.part_label ?? t('part.missing'), item.municipality_name].filter(Boolean).join(' · ')
