/** The content of the section `insumos`: documents to read before taking part. */
import type { InsumoKind, Licence } from '@/domain/insumo'

export interface InsumoItem {
  id: string
  title: string
  summary: string
  /** Paragraphs parted by empty lines: a page, or what stands for the file (summary, description, transcript). */
  body: string
  source: string | null
  kind?: InsumoKind // absent: a page
  file?: string // id of an InsumoFile
  licence?: Licence | null
  licence_name?: string | null
}

export interface InsumosData {
  items: InsumoItem[]
}

export type OfFile = Required<Pick<InsumoItem, 'kind' | 'file'>>

export const newInsumo = (file?: OfFile, title = ''): InsumoItem => ({
  id: crypto.randomUUID(),
  title,
  summary: '',
  body: '',
  source: null,
  ...file,
})

/** A first title from a file's name: «Diagnóstico 2026» for `diagnóstico_2026.pdf`. */
export function titleOf(name: string): string {
  const bare = name
    .replace(/\.[^.]*$/u, '')
    .replace(/[\s_-]+/gu, ' ')
    .trim()
  return bare.charAt(0).toUpperCase() + bare.slice(1, 160)
}

export const kindOf = (item: InsumoItem): InsumoKind => item.kind ?? 'page'

/** Whether publishing needs something that the item lacks; what its file lacks is not known here. */
export const isIncomplete = (item: InsumoItem): boolean => {
  const texts = [item.title, item.summary, item.body]
  const ofFile =
    kindOf(item) === 'page' ? [] : [item.source, item.licence === 'other' ? item.licence_name : item.licence]
  return [...texts, ...ofFile].some((text) => !text?.trim())
}

/** The item at `at` put before what stands at `to`, counted before it is taken out. */
export function moveItem<T>(items: readonly T[], at: number, to: number): T[] {
  const others = items.filter((_, place) => place !== at)
  const place = to > at ? to - 1 : to
  return [...others.slice(0, place), items[at]!, ...others.slice(place)]
}
