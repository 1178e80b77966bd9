/**
 * One day of the calendar and its change: written over the day that was read, kept on this phone, sent as an
 * op that names its sequence.
 */
import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { saveReply } from '@/data/staff/replies'
import { Fault } from '@/domain/fault'
import type { JornadaDay } from '@/features/jornadas/registration'
import { discardOp } from '@/sync/discard'
import { enqueue } from '@/sync/enqueue'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { useKeeping } from '@/staff/review/useKeeping'
import { useLoad } from '@/data/useLoad'
import { rebase, type ScheduleForm, toForm, toReschedule } from './scheduleForm'
import { KIND, type OwnChange, useOwnChange, useSent } from './useOwnChange'

/** The place of the form among the replies kept on this phone. */
const KEPT = 'cambio'

/** The day that the form was written over; without a form once it is on its way. */
interface Kept {
  base: JornadaDay
  form: ScheduleForm | null
}

async function readDay(id: string): Promise<JornadaDay> {
  const { items } = await answerOf(supabase.rpc('jornada_days')).catch((error: unknown) => {
    throw error instanceof Fault && error.code === 'not_allowed' ? new Fault('jornada_unknown', false) : error
  })
  const day = items.find((one) => one.id === id)
  if (!day) throw new Fault('jornada_unknown', false)
  return day
}

/** Call it once per jornada (the desk keys its pages by `id`). */
export function useReschedule(id: string) {
  const { userId } = useStaffSessionStore()
  const base = shallowRef<JornadaDay | null>(null)
  const form = ref<ScheduleForm | null>(null)
  /** What the change on its way was written over. */
  const sentOver = shallowRef<JornadaDay | null>(null)
  const keeping = useKeeping<Kept>(userId, id, KEPT, () => ({ base: base.value!, form: form.value }))
  const { isDirty, hasFailed, touch } = keeping
  const { value: read, state, run } = useLoad(() => readDay(id))
  const { day, own, isOthers } = useOwnChange(id, () => [read.value, base.value, sentOver.value])
  /** Somebody changed the day while this was written. */
  const isBehind = computed(
    () => isDirty.value && !!base.value && (day.value?.sequence ?? 0) > base.value.sequence,
  )

  function begin() {
    base.value = day.value
    form.value = day.value && toForm(day.value)
  }
  const isFound = ref(false)
  void keeping.find().then((kept) => {
    if (kept?.form) [base.value, form.value] = [kept.base, kept.form]
    else sentOver.value = kept?.base ?? null
    isDirty.value = !!kept?.form
    isFound.value = true
  })
  watch([day, own, isFound], () => {
    if (isFound.value && !own.value && !isDirty.value) begin()
  })
  void run()
  /** Why it was refused is told with the numbers of now. */
  watch(
    () => own.value?.stage === 'refused',
    (isRefused) => isRefused && void run(),
  )

  const sent = useSent(own, keeping.forget)
  const acts = useActs({ id, userId, base, form, day, own, sentOver, keeping, begin })
  return { day, base, form, state, run, own, isOthers, isBehind, isDirty, hasFailed, touch, sent, ...acts }
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
    await keeping.flush() // what is kept later would outlive the op
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
  /**
   * Puts the words of a stopped op into the form again, over the day of before. The op leaves this phone only
   * once they are on disk there: false when they are not, and it stays.
   */
  async function reopen(): Promise<boolean> {
    if (!own.value) return true
    const { op_id, change, before } = own.value
    base.value = before ?? day.value
    form.value = toForm(change, change.reason)
    keeping.touch()
    return (await keeping.flush()) && discardOp(op_id)
  }
  /** Goes on over the newest day: what only the other person changed stays as they left it. */
  async function useMine(): Promise<boolean> {
    const theirs = day.value
    if (!(await reopen())) return false
    if (!base.value || !form.value || !theirs) return true
    form.value = rebase(form.value, base.value, theirs)
    base.value = theirs
    keeping.touch()
    return true
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
