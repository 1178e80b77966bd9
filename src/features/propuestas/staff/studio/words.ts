/** The words of the consultation's sections in the studio. */
import messages from '@/i18n/es-MX/propuestasStudio.json'
import { translator } from '@/i18n/translator'
import type { Row, Strategy, StrategyPart } from './strategy'

export const t = translator(messages)

/** «Acción A2», «Párrafo 9», «Tema «Difusión»». */
export const nameOf = (row: Row): string =>
  'topic' in row
    ? t('name.topic', { title: row.topic.title })
    : t(`name.${row.part.kind}`, { number: row.part.number })

const countOf = ({ parts = [] }: Partial<Strategy>, kind: StrategyPart['kind']) =>
  parts.filter((part) => part.kind === kind).length

/** «5 acciones · 24 párrafos» */
export const partCounts = (strategy: Partial<Strategy>): string =>
  [
    t('count.actions', { count: countOf(strategy, 'action') }),
    t('count.paragraphs', { count: countOf(strategy, 'paragraph') }),
  ].join(' · ')

/** «3 temas · 5 acciones · 24 párrafos» */
export const allCounts = (strategy: Strategy): string =>
  `${t('count.topics', { count: strategy.topics.length })} · ${partCounts(strategy)}`
