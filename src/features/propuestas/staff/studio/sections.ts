/** What staff write of a consultation: its strategy, and the documents to read before taking part. */
import { defineAsyncComponent } from 'vue'
import { plainOf } from '@/domain/formattedText'
import type { SectionLine, StudioSection } from '@/staff/studio/section'
import { type InsumoItem, type InsumosData, kindOf } from './insumos'
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
      { label: t('line.text', { name }), value: orNone(plainOf(body)), source: body },
      ...(kind === 'action' ? [{ label: t('line.answered_by', { name }), value: orNone(area) }] : []),
    ]
  })
}

/** The end of a field's id after those of its item: '' for `part-<id>`, `title` for `part-<id>-title`. */
const endOf = (field: string, item: string) =>
  field === item ? '' : field.startsWith(`${item}-`) ? field.slice(item.length + 1) : undefined

function strategyLabel(field: string, strategy: Partial<Strategy>): string | undefined {
  const topic = strategy.topics?.findIndex(({ id }) => field === `topic-${id}`) ?? -1
  if (topic >= 0) return t('line.topic', { place: String(topic + 1) })
  const part = strategy.parts?.find(({ id }) => endOf(field, `part-${id}`) !== undefined)
  if (!part) return undefined
  const name = nameOf({ id: part.id, part })
  return endOf(field, `part-${part.id}`) === 'title' ? t('line.title', { name }) : name
}

function insumoLabel(field: string, { items = [] }: Partial<InsumosData>): string | undefined {
  const at = items.findIndex(({ id }) => endOf(field, `insumo-${id}`) !== undefined)
  if (at < 0) return undefined
  const end = endOf(field, `insumo-${items[at]!.id}`) || 'body'
  const key = INSUMO_FIELDS.find((name) => name === end)
  return key && t(`line.insumo_${key}`, { place: String(at + 1) })
}

const INSUMO_FIELDS = ['title', 'summary', 'body', 'source', 'file', 'licence', 'licence_name'] as const

/** What a field of a document says. Pages of text have no lines of files. */
function insumoLines(item: InsumoItem, place: string): SectionLine[] {
  const { file, licence } = item
  const isFile = kindOf(item) !== 'page'
  const values = {
    title: item.title,
    summary: item.summary,
    body: item.body,
    source: item.source,
    ...(isFile && { file: file && t(`file.kind_${item.kind as 'pdf'}`) }),
    ...((isFile || licence) && { licence: licence && t(`licence.${licence}`) }),
    ...(licence === 'other' && { licence_name: item.licence_name }),
  }
  return Object.entries(values).map(([key, value]) => ({
    label: t(`line.insumo_${key as (typeof INSUMO_FIELDS)[number]}`, { place }),
    value: orNone(plainOf(value ?? '')),
    source: value ?? '',
  }))
}

export const estrategia: StudioSection = {
  key: 'estrategia',
  title: t('strategy.title'),
  Editor: defineAsyncComponent(() => import('./StrategyEditor.vue')),
  linesOf: (data) => [...topicLines(data as Partial<Strategy>), ...partLines(data as Partial<Strategy>)],
  labelOf: (field, data) => strategyLabel(field, data as Partial<Strategy>),
  summaryOf: (data) => partCounts(data as Partial<Strategy>),
}

export const insumos: StudioSection = {
  key: 'insumos',
  title: t('insumos.title'),
  Editor: defineAsyncComponent(() => import('./InsumosEditor.vue')),
  linesOf: (data) =>
    ((data as Partial<InsumosData>).items ?? []).flatMap((item, at) => insumoLines(item, String(at + 1))),
  labelOf: (field, data) => insumoLabel(field, data as Partial<InsumosData>),
  summaryOf: (data) => t('count.documents', { count: (data as Partial<InsumosData>).items?.length ?? 0 }),
}
