/** The published proposals that say the same as what is being written, from the digest on this phone. */
import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { keptAnswers } from '@/data/keptAnswers'
import { rpcGet } from '@/data/rpc'
import type { PublishedPropuesta } from '@/domain/rows'
import { textIn } from '@/domain/text'
import type { Page } from '@/domain/wire'
import { indexSteps, type LikenessIndex } from './likenessIndex'
import { findSimilar, type Similar } from './similar'
import { inTurns } from './turns'

/** A pause in writing: nothing changes on the screen at each key. */
const PAUSE_MS = 600

export interface ShownSimilar extends Similar {
  /** The text, where this phone has read it; '' otherwise. */
  body: string
}

/** The texts of published proposals that the worker keeps from pages this phone has read, by folio. */
async function keptBodies(convocatoriaId: string): Promise<Map<string, string>> {
  const pages = (await keptAnswers(
    'published_propuestas',
    convocatoriaId,
  )) as (Page<PublishedPropuesta> | null)[]
  return new Map(pages.flatMap((page) => (page?.items ?? []).map(({ folio, body }) => [folio, textIn(body)])))
}

/**
 * Compares the text after each pause of its writer. Without a digest, on a first visit without signal or in a browser without
 * caches, nothing is similar and nothing is said.
 */
export function useSimilar(
  convocatoriaId: string,
  text: Ref<string>,
): Readonly<ShallowRef<readonly ShownSimilar[]>> {
  const similar = shallowRef<readonly ShownSimilar[]>([])
  let index: LikenessIndex | undefined
  let bodies = new Map<string, string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function compare(): void {
    if (!index) return
    const found = findSimilar(text.value, index)
    similar.value = found.map((one) => ({ ...one, body: bodies.get(one.folio) ?? '' }))
  }
  function compareSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(compare, PAUSE_MS)
  }
  async function prepare(): Promise<void> {
    index = await inTurns(indexSteps(await rpcGet('likeness_digest', { p_convocatoria: convocatoriaId })))
    bodies = await keptBodies(convocatoriaId).catch(() => bodies)
    compareSoon()
  }

  watch(text, compareSoon)
  onScopeDispose(() => clearTimeout(timer))
  void prepare().catch(() => undefined) // a hint: the form goes on without it
  return similar
}
