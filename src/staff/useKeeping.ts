/** What is typed in a long form, kept on this phone a moment later, and forgotten once it is the server's. */
import { onScopeDispose, ref } from 'vue'
import { dropReplies, getReply, saveReply } from '@/data/staffReplies'

const AUTOSAVE_MS = 400

/** `place` and `name` say whose form it is among the replies kept on this phone. */
export function useKeeping<Kept>(userId: string, place: string, name: string, current: () => Kept) {
  const isDirty = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  const keep = () => {
    clearTimeout(timer)
    if (!isDirty.value) return
    const plain: unknown = JSON.parse(JSON.stringify(current())) // Dexie clones no proxies
    void saveReply(userId, place, name, plain).catch(() => undefined)
  }
  /** Every key that is typed counts from here on. */
  const touch = () => {
    isDirty.value = true
    clearTimeout(timer)
    timer = setTimeout(keep, AUTOSAVE_MS)
  }
  /** Nothing is left to keep: what was typed went on its way, or is not wanted. */
  const settle = () => {
    clearTimeout(timer)
    isDirty.value = false
  }
  const forget = async () => {
    settle()
    await dropReplies(userId, place)
  }
  const find = async () => (await getReply(userId, place, name).catch(() => undefined)) as Kept | undefined
  onScopeDispose(keep)
  return { isDirty, touch, settle, forget, find }
}
