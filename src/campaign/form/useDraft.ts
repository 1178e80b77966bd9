/** A draft on this phone. Its first answer creates it; it stores the answers and the current step. */
import { ref, readonly, watch, type Ref } from 'vue'
import { db } from '@/data/db'
import { createDraft, getDraft, saveAnswers } from '@/data/drafts'
import { getItem } from '@/data/items'
import type { TextPlace } from '@/data/sharedText'
import { kindNamed } from '@/domain/kinds'
import type { Convocatoria } from '@/domain/rows'
import { askPersistence } from '@/sync/persistence'
import type { CommonAnswers, Stored } from './answers'
import { useAnswers } from './useAnswers'

export interface DraftStart {
  id: string
  answers: CommonAnswers
  /** The answers on disk; undefined for a draft that is not stored yet. */
  stored: Stored | undefined
}

/**
 * The row of a draft. When another tab changed or sent it meanwhile, the answers move to a draft of their own, whose id
 * `id` then has. A video stays with the first draft.
 */
function draftPlace(first: string, convocatoria: Convocatoria, step: Readonly<Ref<string>>) {
  const id = ref(first)
  const withoutBytes = (answers: Stored) => kindNamed(convocatoria.kind)?.withoutBytes?.(answers) ?? answers
  const place: TextPlace<Stored> = {
    tables: [db.drafts, db.items],
    read: async () => (await getDraft(id.value))?.answers,
    async write(answers) {
      const kept = id.value === first ? answers : withoutBytes(answers)
      if (await saveAnswers(id.value, kept, step.value)) return kept
      await createDraft(convocatoria, id.value)
      await saveAnswers(id.value, kept, step.value)
      return kept
    },
    isSent: async () => (await getItem(id.value)) !== undefined,
    move: () => (id.value = crypto.randomUUID()),
  }
  return { id, place }
}

/** The answers of a draft with their autosave. `read` makes answers of what is stored. Call it in a setup. */
export function useDraft(
  start: DraftStart,
  read: (stored: Stored) => CommonAnswers,
  convocatoria: Convocatoria,
  step: Readonly<Ref<string>>,
) {
  /** Whether the browser granted persistent storage; null until the first save asks for it. */
  const persistent = ref<boolean | null>(null)
  const { id, place } = draftPlace(start.id, convocatoria, step)
  const draft = useAnswers(start.answers, place, start.stored, read)

  /** Does not delay the save: some browsers ask the person, who may answer late. */
  const stopAsking = watch(draft.state, (state) => {
    if (state !== 'saved') return
    stopAsking()
    void askPersistence().then((granted) => (persistent.value = granted))
  })
  watch(step, () => {
    if (start.stored || draft.state.value !== 'idle') draft.change({})
    void draft.flush()
  })
  return { ...draft, id: readonly(id), persistent: readonly(persistent) }
}
