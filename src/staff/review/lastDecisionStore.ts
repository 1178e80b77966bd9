/**
 * The last decision of this visit, of one submission or of several at once, with the minute in which it can be undone.
 */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { getDecidedItem } from '@/data/staff/savedOps'
import { serverNow } from '@/data/serverClock'
import type { OpKind } from '@/domain/ops'
import type { Choice } from '@/domain/states'
import { discardOp } from '@/sync/discard'
import { enqueue } from '@/sync/enqueue'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { undoableEvent, undoSeconds } from './undo'

export interface Decided {
  id: string
  folio: string
  opId: string
  /** The version that was decided on. */
  version: number
}

interface Last {
  /** What was decided, as `undo.…` of the words says it. */
  choice: Choice | 'approve'
  items: readonly Decided[]
  /** The op that undoes one, with the id of its event. */
  undoneBy: OpKind
  /** When it was saved, by the server's clock, in ms. An unsent decision can be undone for as long as it is unsent. */
  at: number
}

const MINUTE_MS = 60_000

/** Resolves once this op has left the outbox. */
const untilSent = (opId: string) =>
  new Promise<void>((resolve) => {
    const session = useStaffSessionStore()
    const isUnsent = () => session.ops.some((op) => op.op_id === opId)
    if (!isUnsent()) return resolve()
    const stop = watch(isUnsent, (still) => {
      if (still) return
      stop()
      resolve()
    })
  })

/** Undoes one decision. False when it is too late: the minute has passed, or somebody acted since. */
async function undoOne(one: Decided, kind: OpKind, userId: string): Promise<boolean> {
  const { id, opId, version } = one
  const isGone = await discardOp(opId)
  if (!isGone) await untilSent(opId)
  const row = await getDecidedItem(id, userId)
  if (isGone && (!row || row.version <= version)) return true // it was never sent
  const event = undoableEvent(row?.events ?? [], serverNow())
  if (!event) return false
  await enqueue({ kind, entity_id: id, payload: { event_id: event.id }, actor: userId })
  return true
}

export const useLastDecisionStore = defineStore('lastDecision', () => {
  const session = useStaffSessionStore()
  const last = shallowRef<Last | null>(null)
  const isUndoing = ref(false)
  /** Folios whose decision could no longer be undone. */
  const tooLate = shallowRef<readonly string[]>([])

  const isUnsent = (opId: string) => session.ops.some((op) => op.op_id === opId)
  const unsent = computed(() => (last.value?.items ?? []).filter(({ opId }) => isUnsent(opId)))

  function note(choice: Last['choice'], items: readonly Decided[], undoneBy: OpKind = 'review.undo'): void {
    tooLate.value = []
    last.value = { choice, items, undoneBy, at: serverNow().getTime() }
  }
  /** Seconds left at `now` to undo what was sent; 60 while something of it is unsent. */
  function secondsAt(now: Date): number {
    if (!last.value) return 0
    if (unsent.value.length > 0) return MINUTE_MS / 1000
    return undoSeconds(new Date(last.value.at + MINUTE_MS).toISOString(), now)
  }
  /** Undoes all of it, and tells in `tooLate` what stays decided. */
  async function undo(): Promise<void> {
    if (isUndoing.value || !last.value || secondsAt(serverNow()) === 0) return
    isUndoing.value = true
    try {
      const late = []
      for (const one of last.value.items) {
        if (!(await undoOne(one, last.value.undoneBy, session.userId))) late.push(one.folio)
      }
      tooLate.value = late
      last.value = null
    } finally {
      isUndoing.value = false
    }
  }
  return { last, secondsAt, unsent, isUndoing, tooLate, note, undo, forget: () => (last.value = null) }
})
