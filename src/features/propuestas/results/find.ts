/** What a visitor looks for among the published propuestas. */
import { rpc } from '@/data/rpc'
import type { Page } from '@/domain/wire'
import type { FoundPropuesta } from '../results'

export const ORDERS = ['mixed', 'newest', 'answered'] as const

export interface Search {
  words: string
  /** The id of a part, or `none` for what the strategy lacks. */
  part: string | null
  municipality: string | null
  sector: string | null
  order: (typeof ORDERS)[number]
}

/** Shuffles fairly, and otherwise on each visit, so that nobody is always first. */
const seed = crypto.randomUUID()

export const find = (
  convocatoriaId: string,
  { words, part, municipality, sector, order }: Search,
  after: string | null,
): Promise<Page<FoundPropuesta>> =>
  rpc('find_propuestas', {
    p_convocatoria: convocatoriaId,
    p_words: words,
    p_order: order,
    p_seed: seed,
    ...(part && { p_part: part }),
    ...(municipality && { p_municipality: municipality }),
    ...(sector && { p_sector: sector }),
    ...(after && { p_after: after }),
  })
