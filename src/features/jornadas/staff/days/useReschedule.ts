/**
 * One day of the calendar and its change. The form edits the version that was read and is saved on this phone; the op
 * names the sequence of that version.
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
import { formOf, rebase, type ScheduleForm, toForm, toReschedule } from './scheduleForm'
import { KIND, type OwnChange, useOwnChange, useSent } from './useOwnChange'

/** The name of the form among the replies on this phone. */
const KEPT = 'cambio'

/** The form and the version of the day that it edits. `form` is null once the op is saved. */
interface Kept {
  base: JornadaDay
  form: ScheduleForm | null
}

async function readDay(id: string): Promise<JornadaDay> {
  const { items } = await answerOf(supabase.rpc('jornada_days'))
  const day = items.find((one) => one.id === id)
  if (!day) throw new Fault('jornada_unknown', false)
  return day
}

const isNewer = (one: JornadaDay | null, than: JornadaDay | null) =>
  !!than && (one?.sequence ?? 0) > than.sequence

/** Call it once per jornada: the desk keys its pages by `id`. */
export function useReschedule(id: string) {
  const { userId } = useStaffSessionStore()
  const base = shallowRef<JornadaDay | null>(null)
  const form = ref<ScheduleForm | null>(null)
  /** The version of the day that the unsent change was written for. */
  const sentOver = shallowRef<JornadaDay | null>(null)
  const keeping = useKeeping<Kept>(userId, id, KEPT, () => ({ base: base.value!, form: form.value }), show)
  const { isDirty, hasFailed, touch } = keeping
  const { value: read, state, run } = useLoad(() => readDay(id))
  const { day, own, isOthers } = useOwnChange(id, () => [read.value, base.value, sentOver.value])
  /** Somebody else changed the day while this form was written. */
  const isBehind = computed(() => isDirty.value && isNewer(day.value, base.value))

  function begin() {
    base.value = day.value
    form.value = day.value && toForm(day.value)
  }
  /** Shows the change that is kept. Without one it was sent or dropped, so the day is shown. */
  function show(kept: Kept | undefined) {
    if (kept?.form) [base.value, form.value] = [kept.base, { ...toForm(kept.base), ...kept.form }]
    else sentOver.value = kept?.base ?? null
    isDirty.value = !!kept?.form
    if (!kept && !own.value) begin()
  }
  const isFound = ref(false)
  void keeping.find().then((kept) => {
    show(kept)
    isFound.value = true
  })
  watch([day, own, isFound], () => {
    if (isFound.value && !own.value && !isDirty.value) begin()
  })
  void run()
  /** The words of a refusal need the present number of seats, so the day is read again. */
  watch(
    () => own.value?.stage === 'refused',
    (isRefused) => isRefused && void run(),
  )

  const sent = useSent(own, keeping.forget)
  const acts = useActs({ id, userId, base, form, day, own, sentOver, keeping, begin })
  const shown = { day, base, form, own, isOthers, isBehind, isDirty, hasFailed, sent }
  return { ...shown, state, run, keeping, touch, ...acts }
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
  /** Saves the change as an op, and keeps the day it was written for, so that the status can show the difference. */
  async function send() {
    await keeping.flush() // a form saved after the op would reappear
    const before = base.value!
    const payload = toReschedule(form.value!, before)
    const kept: Kept = { base: before, form: null }
    await enqueue(
      { kind: KIND, entity_id: id, payload, expected_version: before.sequence, actor: userId },
      () => saveReply(userId, id, KEPT, kept),
    )
    sentOver.value = before
    keeping.settle(kept)
  }
  /**
   * Reopens a stopped op in the form, for the day it was written for. The op is discarded only after the form is saved.
   * Resolves to false, and keeps the op, when saving fails.
   */
  async function reopen(): Promise<boolean> {
    if (!own.value) return true
    const { op_id, change, before } = own.value
    base.value = before ?? day.value
    form.value = base.value && formOf(change, base.value)
    keeping.touch()
    return (await keeping.flush()) && discardOp(op_id)
  }
  /** Rebases the change onto the newest day. Fields that only the other person changed keep their values. */
  async function useMine(): Promise<boolean> {
    const theirs = day.value
    if (!(await reopen())) return false
    if (!base.value || !form.value || !theirs) return true
    form.value = rebase(form.value, base.value, theirs)
    base.value = theirs
    keeping.touch()
    return true
  }
  /** Drops the form and the op, and shows the newest day. */
  async function useTheirs() {
    await keeping.forget()
    if (own.value) await discardOp(own.value.op_id)
    begin()
  }
  return { send, reopen, useMine, useTheirs }
}

export type Rescheduling = ReturnType<typeof useReschedule>
