/**
 * One day of the calendar and this member's change of it: written over the day that was read, kept on this
 * phone, sent as an op that names its sequence. The outbox and the verdicts' rows are the truth.
 */
import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import { getChangedDay } from '@/data/staffOps'
import { saveReply } from '@/data/staffReplies'
import { useLive } from '@/data/useLive'
import { Fault } from '@/domain/fault'
import type { JornadaDay } from '@/domain/registration'
import type { Reschedule } from '@/domain/schedule'
import { discardOp } from '@/sync/discard'
import { enqueue } from '@/sync/enqueue'
import { useDesk } from '../desk'
import { staffRpc } from '../staffRpc'
import { type OpStage, stageOf } from '../useDecision'
import { useKeeping } from '../useKeeping'
import { useLoad } from '../useLoad'
import { rebase, type ScheduleForm, toForm, toReschedule } from './scheduleForm'

const KIND = 'jornada.reschedule'
/** The place of the form among the replies kept on this phone. */
const KEPT = 'cambio'

/** The day that the form was written over; without a form once it is on its way. */
interface Kept {
  base: JornadaDay
  form: ScheduleForm | null
}

export interface OwnChange {
  op_id: string
  stage: OpStage
  change: Reschedule
  code: string | null
  field: string | null
  /** As it was when the change was written; null when this phone does not know any more. */
  before: JornadaDay | null
}

async function readDay(id: string): Promise<JornadaDay> {
  const { items } = await staffRpc<{ items: JornadaDay[] }>('jornada_days').catch((error: unknown) => {
    throw error instanceof Fault && error.code === 'not_allowed' ? new Fault('jornada_unknown', false) : error
  })
  const day = items.find((one) => one.id === id)
  if (!day) throw new Fault('jornada_unknown', false)
  return day
}

/** The newest of the days that are known. */
const newest = (known: (JornadaDay | null | undefined)[]) =>
  known.reduce<JornadaDay | null>(
    (best, one) => (one && (!best || one.sequence > best.sequence) ? one : best),
    null,
  )

/** Call it once per jornada (the desk keys its pages by `id`). */
export function useReschedule(id: string) {
  const { userId, ops } = useDesk()
  const base = shallowRef<JornadaDay | null>(null)
  const form = ref<ScheduleForm | null>(null)
  /** What the change on its way was written over. */
  const sentOver = shallowRef<JornadaDay | null>(null)
  const keeping = useKeeping<Kept>(userId, id, KEPT, () => ({ base: base.value!, form: form.value }))
  const { value: read, state, run } = useLoad(() => readDay(id))
  const changed = useLive(() => getChangedDay(id, userId), null)

  const onThis = computed(() => ops.value.filter((op) => op.entity_id === id && op.kind === KIND))
  const ownOp = computed(() => onThis.value.findLast(({ actor }) => actor === userId))
  const isOthers = computed(() => onThis.value.some(({ actor }) => actor !== userId))
  const day = computed(() => {
    const stopped = ownOp.value?.current as JornadaDay | null | undefined
    return newest([read.value, changed.value, stopped, base.value, sentOver.value])
  })
  const own = computed<OwnChange | null>(() => {
    if (!ownOp.value) return null
    const { op_id, code, field, payload, expected_version } = ownOp.value
    const before = [sentOver.value, day.value].find((one) => one?.sequence === expected_version)
    const stage = stageOf(ownOp.value)
    return { op_id, stage, code, field, change: payload as Reschedule, before: before ?? null }
  })
  /** Somebody changed the day while this was written. */
  const isBehind = computed(
    () => keeping.isDirty.value && !!base.value && (day.value?.sequence ?? 0) > base.value.sequence,
  )

  function begin() {
    base.value = day.value
    form.value = day.value && toForm(day.value)
  }
  const isFound = ref(false)
  void keeping.find().then((kept) => {
    if (kept?.form) [base.value, form.value] = [kept.base, kept.form]
    else sentOver.value = kept?.base ?? null
    keeping.isDirty.value = !!kept?.form
    isFound.value = true
  })
  watch([day, own, isFound], () => {
    if (isFound.value && !own.value && !keeping.isDirty.value) begin()
  })
  void run()

  return {
    ...{ day, base, form, state, run, own, isOthers, isBehind, isFound },
    ...{ isDirty: keeping.isDirty, touch: keeping.touch, sent: useSent(own, keeping.forget) },
    ...useActs({ id, userId, base, form, day, own, sentOver, keeping, begin }),
  }
}

/** The change that left the outbox while somebody looked: its verdict came. */
function useSent(own: Readonly<Ref<OwnChange | null>>, forget: () => Promise<void>) {
  const sent = shallowRef<OwnChange | null>(null)
  watch(own, (next, before) => {
    const isSettled = before && !next && before.stage !== 'conflict' && before.stage !== 'refused'
    if (next) sent.value = null
    if (!isSettled) return
    sent.value = before
    void forget()
  })
  return sent
}

interface Parts {
  id: string
  userId: string
  base: Ref<JornadaDay | null>
  form: Ref<ScheduleForm | null>
  day: Readonly<Ref<JornadaDay | null>>
  own: Readonly<Ref<OwnChange | null>>
  sentOver: Ref<JornadaDay | null>
  keeping: ReturnType<typeof useKeeping<Kept>>
  begin: () => void
}

function useActs({ id, userId, base, form, day, own, sentOver, keeping, begin }: Parts) {
  /** Saves the change as an op; the day it was written over stays, to say what it changes. */
  async function send() {
    const before = base.value!
    const payload = toReschedule(form.value!, before)
    const kept: Kept = { base: before, form: null }
    await enqueue(
      { kind: KIND, entity_id: id, payload, expected_version: before.sequence, actor: userId },
      () => saveReply(userId, id, KEPT, kept),
    )
    sentOver.value = before
    keeping.settle()
  }
  /** Takes a stopped op off this phone; its words are in the form again, over the day of before. */
  async function reopen() {
    if (!own.value) return
    const { op_id, change, before } = own.value
    base.value = before ?? day.value
    form.value = toForm(change, change.reason)
    keeping.touch()
    await discardOp(op_id)
  }
  /** Goes on over the newest day: what only the other person changed stays as they left it. */
  async function useMine() {
    const theirs = day.value
    await reopen()
    if (!base.value || !form.value || !theirs) return
    form.value = rebase(form.value, base.value, theirs)
    base.value = theirs
    keeping.touch()
  }
  /** What was written here is not wanted any more. */
  async function useTheirs() {
    await keeping.forget()
    if (own.value) await discardOp(own.value.op_id)
    begin()
  }
  return { send, reopen, useMine, useTheirs }
}

export type Rescheduling = ReturnType<typeof useReschedule>
