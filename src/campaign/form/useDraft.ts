/** One draft on this phone: comes to be with its first answer, and remembers the step where one was. */
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
  /** False while nothing of it is stored. */
  exists: boolean
}

export function useDraft(start: DraftStart, convocatoria: Convocatoria, step: Readonly<Ref<string>>) {
  let { exists } = start
  /** Whether the browser promised to keep it; null until asked, at the first save. */
  const persistent = ref<boolean | null>(null)
  let isAsked = false

  async function save(answers: CommonAnswers): Promise<void> {
    if (!exists) await createDraft(convocatoria, start.id)
    exists = true
    const isThere = await saveAnswers(start.id, answers, step.value)
    if (!isThere && !(await getSubmission(start.id))) {
      await createDraft(convocatoria, start.id) // discarded in another tab while it was being written here
      await saveAnswers(start.id, answers, step.value)
    }
    if (!isAsked) ask()
  }

  /** Beside the save, never in it: some browsers put the question to the person, who may take their time. */
  function ask(): void {
    isAsked = true
    void askPersistence().then((isKept) => (persistent.value = isKept))
  }

  const draft = useAnswers(start.answers, save)
  watch(step, () => {
    if (exists) draft.change({})
    void draft.flush()
  })
  return { ...draft, persistent: readonly(persistent) }
}
