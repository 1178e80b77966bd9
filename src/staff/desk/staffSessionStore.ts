/** The member at this desk: session, roles, and the ops that the server has not accepted. */
import { defineStore } from 'pinia'
import { computed, type Ref, shallowReadonly, shallowRef, type ShallowRef } from 'vue'
import { observeTables } from '@/data/observeTables'
import { answerOf, supabase } from '@/data/staff/client'
import { keepMe, readKeptMe } from '@/data/staff/keptMe'
import { session as sessionQuery, staffQueue } from '@/data/staff/queries'
import type { StaffQueue } from '@/data/staff/savedOps'
import type { StoredSession } from '@/data/staff/session'
import { useLive } from '@/data/useLive'
import { useLoad } from '@/data/useLoad'
import { opTraits } from '@/domain/ops'
import type { Assignee, QueueItem, StaffMe, StaffRole } from '@/domain/staffRows'

/** The roles that read the queue. */
export const READERS: readonly StaffRole[] = ['moderator', 'coordinator', 'auditor', 'admin']

type StaffOps = Readonly<Ref<StaffQueue['ops']>>
type Member = Pick<StoredSession, 'user_id' | 'email'>

const NOTHING_SAVED: StaffQueue = { ops: [], damaged: [] }

/** The member at the desk, and the unsent ops of this phone. */
function createDesk() {
  const member = shallowRef<Member | null>(null)
  const saved = shallowRef<StaffQueue>(NOTHING_SAVED)
  let stop = () => {}

  /** Clears the desk. The member stays signed in. */
  function leaveEmpty(): void {
    stop()
    member.value = null
    saved.value = NOTHING_SAVED
  }
  function seat(next: Member): void {
    member.value = next
    stop = observeTables(staffQueue(next.user_id), (queue) => (saved.value = queue))
  }
  const unsent = {
    /** The unsent ops of all members on this phone, in order of saving. */
    ops: computed(() => saved.value.ops),
    /** Those that change what they are about: an unsent assignment neither blocks a decision nor shows as one. */
    changes: computed(() => saved.value.ops.filter(({ kind }) => !opTraits(kind).beside)),
    /** This member's ops that cannot be read. They were never sent. */
    damaged: computed(() => saved.value.damaged),
  }
  return { member, unsent, leaveEmpty, seat }
}

/** To whom a submission is assigned: as this member's unsent op leaves it, without a name, or as the server says. */
const createAssignees =
  (ops: StaffOps, member: Readonly<ShallowRef<Member | null>>) =>
  ({ id, assigned }: Pick<QueueItem, 'id' | 'assigned'>): Assignee | null => {
    const op = ops.value.findLast(
      (one) =>
        one.kind === 'desk.assign' &&
        one.entity_id === id &&
        one.actor === member.value?.user_id &&
        one.state !== 'needs_person',
    )
    if (!op) return assigned ?? null
    const { to } = op.payload as { to: string | null }
    return to === null ? null : { id: to, name: '' }
  }

/** What is known of the member: the server's last answer, until then what this phone keeps. */
function createMe() {
  const { value: answer, state, run } = useLoad(() => answerOf(supabase.rpc('staff_me')))
  const kept = shallowRef<StaffMe | null>(null)

  async function read(): Promise<void> {
    await run()
    if (answer.value) void keepMe(answer.value).catch(() => undefined) // without space, a reload asks the server
  }
  /** Finds what this phone keeps of the member; null forgets everybody. */
  function begin(userId: string | null, isStill: () => boolean): void {
    answer.value = kept.value = null
    if (userId === null) return
    void readKeptMe(userId)
      .then((found) => isStill() && (kept.value = found))
      .catch(() => undefined)
  }
  const me = computed(() => answer.value ?? kept.value)
  /** Whether the member holds the role for this convocatoria; without one, for any. False while roles are unknown. */
  const can = (role: StaffRole, convocatoria?: string): boolean =>
    !!me.value?.roles.some(
      (held) =>
        held.role === role &&
        (!convocatoria || !held.convocatoria_id || held.convocatoria_id === convocatoria),
    )
  return { me, state, read, begin, can }
}

export const useStaffSessionStore = defineStore('staffSession', () => {
  const session = useLive(sessionQuery, undefined)
  const { member, unsent, leaveEmpty, seat } = createDesk()
  const isLeaving = shallowRef(false)
  const { me, state: meState, read: readMe, begin, can } = createMe()

  function close(): void {
    leaveEmpty()
    begin(null, () => false)
  }

  /** Opens the desk for a member and clears the previous one's data. Pages read `userId` once, in their setup. */
  function open(next: Member): void {
    close()
    isLeaving.value = false
    seat(next)
    begin(next.user_id, () => member.value === next)
  }

  /** Signs out of this phone. It works offline. */
  async function leave(): Promise<void> {
    isLeaving.value = true
    const { signOut } = await import('@/data/staff/auth')
    await signOut()
  }

  return {
    /** The session in this phone's database, shared by all tabs; undefined until read, null without one. */
    session,
    userId: computed(() => member.value?.user_id ?? ''),
    email: computed(() => member.value?.email ?? ''),
    /** Null while unknown. The desk opens without it, because the phone may be offline and keep nothing. */
    me,
    /** `expired`: the session may not act as staff, because it has ended or owes its second factor. */
    meState: shallowReadonly(meState),
    readMe,
    can,
    assigneeOf: createAssignees(unsent.ops, member),
    ...unsent,
    /** Whether the member asked to sign out, so that the end of the session is no surprise. */
    isLeaving: shallowReadonly(isLeaving),
    open,
    close,
    leave,
  }
})
