/**
 * The form of a transcript. A typed text stays on this device, whatever happens to the submission, until one
 * transaction replaces it with its op or the person prefers the saved transcript.
 */
import { computed, type Ref, ref, watch } from 'vue'
import type { StaffItem } from '@/domain/staffRows'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { dropKept, sendKept } from '@/staff/review/ownOp'
import { useKeeping } from '@/staff/review/useKeeping'
import { KEPT, type KeptTranscript, KIND, readKept, useOwnTranscript } from './useOwnTranscript'

/** The state and commands of the form. `item` returns the current submission, which may change. Call it in a setup. */
export function useTranscript(id: string, item: () => StaffItem<'videos'>) {
  const { userId } = useStaffSessionStore()
  const { op, stopped, stoppedText } = useOwnTranscript(id)
  const theirs = computed(() => item().content.transcript)
  const text = ref('')
  const over = ref<string | null>(null)
  const isEditing = ref(false)
  const current = (): KeptTranscript => ({ text: text.value, over: over.value })
  const keeping = useKeeping<unknown>(userId, id, KEPT, current, show)

  /** Shows what is kept, or the saved transcript without it. */
  function show(found: unknown) {
    const kept = readKept(found)
    if (kept) [text.value, over.value] = [kept.text, kept.over]
    else begin()
    keeping.isDirty.value = !!kept
  }
  function begin() {
    text.value = stoppedText.value ?? theirs.value ?? ''
    over.value = theirs.value
    isEditing.value = false
  }
  const isFound = ref(false)
  void keeping.find().then((found) => {
    if (found !== undefined) show(found)
    isFound.value = true
  })
  watch([isFound, stopped, theirs], () => isFound.value && !keeping.isDirty.value && begin())

  /** Whether another transcript was saved than the one that the member saw. The form then shows both. */
  const isBehind = computed(() => {
    if (theirs.value === null) return false
    return stopped.value
      ? theirs.value !== stoppedText.value
      : keeping.isDirty.value && theirs.value !== over.value
  })

  function touch() {
    isEditing.value = true
    keeping.touch()
  }
  const actions = useActions({ id, item, userId, stopped, text, keeping, begin })
  return { op, stopped, theirs, text, isFound, isEditing, isBehind, keeping, touch, ...actions }
}

interface Parts {
  id: string
  item: () => StaffItem<'videos'>
  userId: string
  stopped: ReturnType<typeof useOwnTranscript>['stopped']
  text: Readonly<Ref<string>>
  keeping: ReturnType<typeof useKeeping<unknown>>
  begin: () => void
}

function useActions({ id, item, userId, stopped, text, keeping, begin }: Parts) {
  const save = () =>
    sendKept(
      () => ({
        kind: KIND,
        entity_id: id,
        payload: { transcript: text.value.trim() },
        expected_version: item().version,
        actor: userId,
      }),
      stopped,
      keeping,
    )
  /** Discards the typed text and shows the saved transcript. */
  async function useSaved() {
    await dropKept(stopped, keeping)
    begin()
  }
  return { save, useSaved }
}
