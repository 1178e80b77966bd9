/** The content of the section `insumos`: documents to read before taking part. */

export interface InsumoItem {
  id: string
  title: string
  summary: string
  /** Paragraphs parted by empty lines. */
  body: string
  source: string | null
}

export interface InsumosData {
  items: InsumoItem[]
}

export const newInsumo = (): InsumoItem => ({
  id: crypto.randomUUID(),
  title: '',
  summary: '',
  body: '',
  source: null,
})

/** The item at `at` put before what stands at `to`, counted before it is taken out. */
export function moveItem<T>(items: readonly T[], at: number, to: number): T[] {
  const others = items.filter((_, place) => place !== at)
  const place = to > at ? to - 1 : to
  return [...others.slice(0, place), items[at]!, ...others.slice(place)]
}
