/**
 * What staff type in a form, kept on this phone at most `KEEP_DELAY_MS` later and forgotten once it is on its
 * way. Leaving, hiding and closing the page write at once; a write that fails is told, and tried with the next.
 */
import { onScopeDispose, readonly, ref } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import { dropReplies, getReply, saveReply } from '@/data/staff/replies'
import { holdUnsaved } from '@/data/unsaved'

export const KEEP_DELAY_MS = 400

/** `write` keeps what is on the screen at that moment. */
export function createKeeping(write: () => Promise<unknown>) {
  /** Something is here that is not the server's. */
  const isDirty = ref(false)
  const hasFailed = ref(false)
  let isUnwritten = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing = Promise.resolve()

  async function keep(): Promise<void> {
    if (!isUnwritten) return
    isUnwritten = false
    try {
      await write()
      hasFailed.value = false
    } catch {
      isUnwritten = hasFailed.value = isDirty.value // what went on its way meanwhile is not missed
    }
  }
  /** Resolves to whether all that was typed is on disk. */
  async function flush(): Promise<boolean> {
    clearTimeout(timer)
    timer = undefined
    await (writing = writing.then(keep))
    return !isUnwritten
  }
  /** Every key that is typed counts from here on. */
  function touch(): void {
    isDirty.value = isUnwritten = true
    timer ??= setTimeout(() => void flush(), KEEP_DELAY_MS)
  }
  /** Nothing is left to keep: what was typed went on its way, or is not wanted. */
  function settle(): void {
    clearTimeout(timer)
    timer = undefined
    isDirty.value = isUnwritten = hasFailed.value = false
  }
  return { isDirty, hasFailed: readonly(hasFailed), flush, touch, settle }
}

/** Writes before the page, its place or its database goes. What cannot be written keeps the person here once. */
function useFlushing({ flush }: Pick<ReturnType<typeof createKeeping>, 'flush'>): void {
  let isGone = false
  let hasBeenWarned = false
  const stay = async () => {
    if ((await flush()) || hasBeenWarned || isGone) return true
    hasBeenWarned = true
    document.getElementById('keep-failed')?.scrollIntoView({ block: 'center' })
    return false
  }
  const hide = () => void flush()
  const release = holdUnsaved(flush)
  onBeforeRouteLeave(stay)
  onBeforeRouteUpdate(stay)
  addEventListener('pagehide', hide)
  document.addEventListener('visibilitychange', hide)
  onScopeDispose(() => {
    isGone = true
    hide()
    release()
    removeEventListener('pagehide', hide)
    document.removeEventListener('visibilitychange', hide)
  })
}

/** `place` and `name` say whose form it is among the replies kept on this phone. */
export function useKeeping<Kept>(userId: string, place: string, name: string, current: () => Kept) {
  const keeping = createKeeping(async () => {
    const plain: unknown = JSON.parse(JSON.stringify(current())) // Dexie clones no proxies
    await saveReply(userId, place, name, plain)
  })
  useFlushing(keeping)
  /** Inside `enqueue` this is part of its transaction. */
  const drop = () => dropReplies(userId, place, [name])
  const forget = async () => {
    keeping.settle()
    await drop()
  }
  const find = async () => (await getReply(userId, place, name).catch(() => undefined)) as Kept | undefined
  return { ...keeping, drop, forget, find }
}
