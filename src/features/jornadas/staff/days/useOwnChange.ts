/**
 * This member's change of one day: saved, sending, stopped, or accepted. Outbox and verdict rows are the truth; memory
 * only holds the op that has just left the outbox.
 */
import { computed, type Ref, shallowRef, watch } from 'vue'
import { changedDay } from './changedDay'
import { useLive } from '@/data/useLive'
import type { JornadaDay } from '@/features/jornadas/registration'
import type { Reschedule } from './schedule'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { type OpStage, stageOf } from '@/staff/review/useDecision'

export const KIND = 'jornada.reschedule'

export interface OwnChange {
  seq: number
  op_id: string
  stage: OpStage
  change: Reschedule
  code: string | null
  field: string | null
  /** The day that the change was written for; null when this phone no longer knows it. */
  before: JornadaDay | null
}

/** The newest known version of the day. Of two with the same sequence, the first. */
const newest = (known: (JornadaDay | null | undefined)[]) =>
  known.reduce<JornadaDay | null>(
    (best, one) => (one && (!best || one.sequence > best.sequence) ? one : best),
    null,
  )

/** `known`: versions of the day from other sources, the server's answer first. */
export function useOwnChange(id: string, known: () => (JornadaDay | null)[]) {
  const session = useStaffSessionStore()
  const { userId } = session
  const changed = useLive(changedDay(id, userId), null)
  const onThis = computed(() => session.ops.filter((op) => op.entity_id === id && op.kind === KIND))
  const ownOp = computed(() => onThis.value.findLast(({ actor }) => actor === userId))
  const isOthers = computed(() => onThis.value.some(({ actor }) => actor !== userId))
  const day = computed(() => {
    const stopped = ownOp.value?.current as JornadaDay | null | undefined
    return newest([...known(), changed.value, stopped])
  })
  const own = computed<OwnChange | null>(() => {
    if (!ownOp.value) return null
    const { seq, op_id, code, field, payload, expected_version } = ownOp.value
    const before = [...known(), day.value].find((one) => one?.sequence === expected_version)
    const stage = stageOf(ownOp.value)
    return { seq, op_id, stage, code, field, change: payload as Reschedule, before: before ?? null }
  })
  return { day, own, isOthers }
}

/** The change whose verdict arrived while this page was open. */
export function useSent(own: Readonly<Ref<OwnChange | null>>, forget: () => Promise<void>) {
  const session = useStaffSessionStore()
  const sent = shallowRef<OwnChange | null>(null)
  watch(own, (next, before) => {
    const isIn = before && !next && !session.damaged.some(({ seq }) => seq === before.seq)
    const isSettled = isIn && before.stage !== 'conflict' && before.stage !== 'refused'
    if (next) sent.value = null
    if (!isSettled) return
    sent.value = before
    void forget()
  })
  return sent
}
