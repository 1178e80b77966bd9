/**
 * This member's decision on one submission: saved, sending, stopped, or accepted with a minute to undo it. Outbox and
 * verdict rows are the truth; memory only holds the op that has just left the outbox.
 */
import { computed, ref, watch } from 'vue'
import type { OutboxOp } from '@/data/db'
import { saveReply } from '@/data/staff/replies'
import type { ReviewEvent, StaffItem } from '@/domain/staffRows'
import type { Choice } from '@/domain/states'
import { discardOp } from '@/sync/discard'
import { enqueue } from '@/sync/enqueue'
import { decideOn, type SaveDecision } from './decideOn'
import { type DecisionPayload, toForm } from './decisionForm'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { undoableEvent } from './undo'
import { useNow } from '@/data/useNow'

export type OpStage = 'saved' | 'sending' | 'blocked' | 'conflict' | 'refused'

export interface OwnOp {
  op: OutboxOp
  stage: OpStage
  /** Null for an undo. */
  decision: Choice | null
}

export function stageOf(op: OutboxOp): OpStage {
  if (op.state === 'needs_person') return op.current ? 'conflict' : 'refused'
  if (op.state === 'blocked_auth') return 'blocked'
  return op.state === 'sending' ? 'sending' : 'saved'
}

const describe = (op: OutboxOp): OwnOp => ({
  op,
  stage: stageOf(op),
  decision: op.kind === 'review.decide' ? (op.payload as DecisionPayload).decision : null,
})

export function useDecision(id: string, item: () => StaffItem | null) {
  const session = useStaffSessionStore()
  const { userId } = session
  const now = useNow(1000)
  const onThis = computed(() => session.changes.filter((op) => op.entity_id === id))
  const own = computed(() => {
    const last = onThis.value.findLast((op) => op.actor === userId && op.kind.startsWith('review.'))
    return last ? describe(last) : null
  })
  const isOthers = computed(() => onThis.value.some((op) => op.actor !== userId))
  const undoable = computed<ReviewEvent | null>(() =>
    own.value ? null : undoableEvent(item()?.events ?? [], now.value),
  )

  /** The op whose verdict arrived while this page was open. */
  const sent = ref<OwnOp | null>(null)
  watch(own, (next, before) => {
    const isIn = before && !next && !session.damaged.some(({ seq }) => seq === before.op.seq)
    const settled = isIn && before.stage !== 'conflict' && before.stage !== 'refused'
    if (settled) sent.value = before
    if (next) sent.value = null
  })

  /** `drop` deletes the saved form that became this payload. Forms of other decisions stay (`LeftReplies.vue`). */
  const decide: SaveDecision = (payload, version, drop) => decideOn(id, payload, version, userId, drop)
  const undo = (event: ReviewEvent) =>
    enqueue({ kind: 'review.undo', entity_id: id, payload: { event_id: event.id }, actor: userId })
  /** Saves the words of a stopped op as a form, and then discards the op. */
  async function reopen({ op, decision }: OwnOp) {
    if (decision) await saveReply(userId, id, decision, toForm(op.payload as DecisionPayload))
    await discardOp(op.op_id)
  }
  /** Discards a stopped op and its words. The server applied nothing of it. */
  const discard = async ({ op }: OwnOp) => void (await discardOp(op.op_id))

  return { own, isOthers, undoable, sent, now, decide, undo, reopen, discard }
}
