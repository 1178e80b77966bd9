/** What staff write of a consultation: its strategy, and the documents to read before taking part. */
import { defineAsyncComponent } from 'vue'
import type { SectionLine, StudioSection } from '@/staff/studio/section'
import type { InsumosData } from './insumos'
import { rowsOf, type Strategy } from './strategy'
import { nameOf, partCounts, t } from './words'

const orNone = (text: string | null | undefined) => text?.trim() || t('line.none')

function topicLines({ topics = [], parts = [] }: Partial<Strategy>): SectionLine[] {
  return topics.flatMap(({ id, title }, at) => {
    const numbers = parts.filter(({ topic_id }) => topic_id === id).map(({ number }) => number)
    const place = String(at + 1)
    return [
      { label: t('line.topic', { place }), value: orNone(title) },
      { label: t('line.order', { place }), value: orNone(numbers.join(', ')) },
    ]
  })
}

function partLines(strategy: Partial<Strategy>): SectionLine[] {
  return rowsOf(strategy).flatMap((row) => {
    if ('topic' in row) return []
    const { kind, title, body, answered_by: area } = row.part
    const name = nameOf(row)
    return [
      ...(kind === 'action' || title ? [{ label: t('line.title', { name }), value: orNone(title) }] : []),
      { label: t('line.text', { name }), value: orNone(body) },
      ...(kind === 'action' ? [{ label: t('line.answered_by', { name }), value: orNone(area) }] : []),
    ]
  })
}

export const estrategia: StudioSection = {
  key: 'estrategia',
  title: t('strategy.title'),
  Editor: defineAsyncComponent(() => import('./StrategyEditor.vue')),
  linesOf: (data) => [...topicLines(data as Partial<Strategy>), ...partLines(data as Partial<Strategy>)],
  summaryOf: (data) => partCounts(data as Partial<Strategy>),
}

const INSUMO_FIELDS = ['title', 'summary', 'body', 'source'] as const

export const insumos: StudioSection = {
  key: 'insumos',
  title: t('insumos.title'),
  Editor: defineAsyncComponent(() => import('./InsumosEditor.vue')),
  linesOf: (data) =>
    ((data as Partial<InsumosData>).items ?? []).flatMap((item, at) =>
      INSUMO_FIELDS.map((key) => ({
        label: t(`line.insumo_${key}`, { place: String(at + 1) }),
        value: orNone(item[key]),
      })),
    ),
  summaryOf: (data) => t('count.documents', { count: (data as Partial<InsumosData>).items?.length ?? 0 }),
}
