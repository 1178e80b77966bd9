/**
 * The last decision of this visit, of one submission or of several at once, with the minute in which it can be undone. The
 * page of the submission is left as soon as its decision is saved, so its line in the list is kept up to date here.
 */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { serverNow } from '@/data/serverClock'
import { getDecidedItem } from '@/data/staff/savedOps'
import type { Choice } from '@/domain/states'
import { discardOp } from '@/sync/discard'
import { enqueue } from '@/sync/enqueue'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { useReviewQueueStore } from '../queue/reviewQueueStore'
import { undoableEvent, undoSeconds } from './undo'

export interface Decided {
  id: string
  folio: string
  opId: string
}

interface Last {
  choice: Choice
  items: readonly Decided[]
  /** When it was saved, by the server's clock, in ms. An unsent decision can be undone for as long as it is unsent. */
  at: number
}

const MINUTE_MS = 60_000

export const useLastDecisionStore = defineStore('lastDecision', () => {
  const session = useStaffSessionStore()
  const queue = useReviewQueueStore()
  const last = shallowRef<Last | null>(null)
  const isUndoing = ref(false)

  const opOf = ({ opId }: Decided) => session.ops.find((op) => op.op_id === opId)
  const unsent = computed(() => (last.value?.items ?? []).filter((one) => opOf(one)))
  /** Seconds left at `now` to undo what was sent; 60 while something of it is unsent. */
  function secondsAt(now: Date): number {
    if (!last.value) return 0
    if (unsent.value.length > 0) return MINUTE_MS / 1000
    return undoSeconds(new Date(last.value.at + MINUTE_MS).toISOString(), now)
  }

  function note(choice: Choice, items: readonly Decided[]): void {
    last.value = { choice, items, at: serverNow().getTime() }
  }
  /** Reads the rows that the verdicts brought, once the ops have left the outbox. */
  watch(
    () => unsent.value.length,
    async () => {
      for (const { id } of last.value?.items ?? []) {
        const row = await getDecidedItem(id, session.userId)
        if (row) queue.see(row)
      }
    },
  )

  async function undoOne(one: Decided): Promise<void> {
    const { userId } = session
    if (opOf(one) && (await discardOp(one.opId))) return // it was never sent
    const row = await getDecidedItem(one.id, userId)
    const event = undoableEvent(row?.events ?? [], serverNow())
    if (!event) return
    await enqueue({ kind: 'review.undo', entity_id: one.id, payload: { event_id: event.id }, actor: userId })
  }
  /** Undoes all of it. What is being sent at this moment stays decided, and its page still offers to undo it. */
  async function undo(): Promise<void> {
    if (isUndoing.value || !last.value || secondsAt(serverNow()) === 0) return
    isUndoing.value = true
    try {
      for (const one of last.value.items) await undoOne(one)
      last.value = null
    } finally {
      isUndoing.value = false
    }
  }
  return { last, secondsAt, unsent, isUndoing, note, undo, forget: () => (last.value = null) }
})
