/**
 * What a member writes down of a voice note. It stays on this device until one transaction replaces it with its op; a text that the
 * server refused comes back into the form.
 */
import { computed, ref, watch } from 'vue'
import type { StaffItem } from '@/domain/staffRows'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { sendKept, useOwnOp } from '@/staff/review/ownOp'
import { useKeeping } from '@/staff/review/useKeeping'

const KIND = 'propuesta.transcribe'

/** `over`: what the server held when the member began to write. */
interface Kept {
  text: string
  over: string
}

/** The form's state and commands. `item` returns the submission as it is now. Call it in a setup. */
export function useTranscription(id: string, item: () => StaffItem<'propuestas'>) {
  const { userId } = useStaffSessionStore()
  const { op, stopped } = useOwnOp(id, KIND)
  const text = ref('')
  const over = ref('')
  const isFound = ref(false)
  /** What the server holds; '' before anybody wrote it. */
  const saved = computed(() => (item().content.voice?.written ? item().content.body : ''))
  const keeping = useKeeping<Kept>(userId, id, 'voice', () => ({ text: text.value, over: over.value }), show)

  function begin(): void {
    text.value = (stopped.value?.payload as { transcript: string } | undefined)?.transcript ?? saved.value
    over.value = saved.value
  }
  function show(kept: Kept | undefined): void {
    keeping.isDirty.value = kept !== undefined
    if (kept === undefined) begin()
    else [text.value, over.value] = [kept.text, kept.over]
  }
  void keeping.find().then((kept) => {
    show(kept)
    isFound.value = true
  })
  watch([stopped, saved], () => isFound.value && !keeping.isDirty.value && begin())

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
  /** Whether somebody else saved another text since the member began to write. */
  const isBehind = computed(() => keeping.isDirty.value && saved.value !== over.value)
  const isWaiting = computed(() => !!op.value && !stopped.value)
  return { text, isFound, isWaiting, isBehind, stopped, keeping, save }
}
