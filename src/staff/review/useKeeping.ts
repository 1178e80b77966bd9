/** What staff type in a form, kept on this phone while it is typed and forgotten once it is on its way. */
import { computed, ref } from 'vue'
import { onBeforeRouteUpdate } from 'vue-router'
import { dropReplies, getReply, saveReply } from '@/data/staff/replies'
import { useAutosave, useSafeLeaving } from '@/data/useAutosave'

/** `place` and `name` say whose form it is among the replies kept on this phone. */
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
  /** Something is here that is not the server's. */
  const isDirty = ref(false)

  function touch(): void {
    isDirty.value = true
    autosave.touch()
  }
  function settle(): void {
    isDirty.value = false
    autosave.settle()
  }
  /** Inside `enqueue` this is part of its transaction. */
  const drop = () => dropReplies(userId, place, [name])
  const forget = async () => {
    settle()
    await drop()
  }
  const find = async () => (await getReply(userId, place, name).catch(() => undefined)) as Kept | undefined
  const hasFailed = computed(() => autosave.state.value === 'failed')
  return { isDirty, hasFailed, flush: autosave.flush, touch, settle, drop, forget, find }
}
