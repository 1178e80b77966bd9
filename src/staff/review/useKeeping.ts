/** Saves a form of staff on this phone while it is typed, and forgets it once its op is saved. */
import { computed, ref } from 'vue'
import { onBeforeRouteUpdate } from 'vue-router'
import { dropReplies, getReply, saveReply } from '@/data/staff/replies'
import { useAutosave, useSafeLeaving } from '@/data/useAutosave'

/** `place` and `name` identify the form among the replies on this phone (`data/staff/replies.ts`). */
export function useKeeping<Kept>(userId: string, place: string, name: string, current: () => Kept) {
  const keeping = createKeeping(userId, place, name, current)
  onBeforeRouteUpdate(useSafeLeaving(keeping))
  return keeping
}

/** The same for a form that comes after its page's setup: its page guards the leaving of all such forms by `flush`. */
export function createKeeping<Kept>(userId: string, place: string, name: string, current: () => Kept) {
  const autosave = useAutosave(async () => {
    const plain: unknown = JSON.parse(JSON.stringify(current())) // Dexie clones no proxies
    await saveReply(userId, place, name, plain)
  })
  /** Whether the form holds changes that the server lacks. */
  const isDirty = ref(false)

  function touch(): void {
    isDirty.value = true
    autosave.touch()
  }
  function settle(): void {
    isDirty.value = false
    autosave.settle()
  }
  /** Deletes the saved form. Called inside `enqueue`, it is part of that transaction. */
  const drop = () => dropReplies(userId, place, [name])
  const forget = async () => {
    settle()
    await drop()
  }
  const find = async () => (await getReply(userId, place, name).catch(() => undefined)) as Kept | undefined
  const hasFailed = computed(() => autosave.state.value === 'failed')
  return { isDirty, hasFailed, flush: autosave.flush, touch, settle, drop, forget, find }
}
