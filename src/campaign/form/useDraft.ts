/** A draft on this phone. Its first answer creates it; it stores the answers and the current step. */
import { ref, readonly, watch, type Ref } from 'vue'
import { createDraft, saveAnswers } from '@/data/drafts'
import { getSubmission } from '@/data/submissions'
import type { Convocatoria } from '@/domain/rows'
import { askPersistence } from '@/sync/persistence'
import type { CommonAnswers } from './answers'
import { useAnswers } from './useAnswers'

export interface DraftStart {
  id: string
  answers: CommonAnswers
  /** Whether the draft is stored. */
  exists: boolean
}

/** The answers of a draft with their autosave. Call it in a setup. */
export function useDraft(start: DraftStart, convocatoria: Convocatoria, step: Readonly<Ref<string>>) {
  let { exists } = start
  /** Whether the browser granted persistent storage; null until the first save asks for it. */
  const persistent = ref<boolean | null>(null)
  let isAsked = false

  async function save(answers: CommonAnswers): Promise<void> {
    if (!exists) await createDraft(convocatoria, start.id)
    exists = true
    const isThere = await saveAnswers(start.id, answers, step.value)
    if (!isThere && !(await getSubmission(start.id))) {
      await createDraft(convocatoria, start.id) // another tab discarded it while this one was open
      await saveAnswers(start.id, answers, step.value)
    }
    if (!isAsked) ask()
  }

  /** Does not delay the save: some browsers ask the person, who may answer late. */
  function ask(): void {
    isAsked = true
    void askPersistence().then((granted) => (persistent.value = granted))
  }

  const draft = useAnswers(start.answers, save)
  watch(step, () => {
    if (exists) draft.change({})
    void draft.flush()
  })
  return { ...draft, persistent: readonly(persistent) }
}
