/** Who of the staff sits at this desk: their session, their roles, and what they saved that the server lacks. */
import { defineStore } from 'pinia'
import { computed, shallowReadonly, shallowRef } from 'vue'
import { observeTables } from '@/data/observeTables'
import { answerOf, supabase } from '@/data/staff/client'
import { session as sessionQuery, staffQueue } from '@/data/staff/queries'
import type { StaffQueue } from '@/data/staff/savedOps'
import type { StoredSession } from '@/data/staff/session'
import { useLive } from '@/data/useLive'
import { useLoad } from '@/data/useLoad'
import type { StaffRole } from '@/domain/staffRows'

/** The roles that read the queue. */
export const READERS: readonly StaffRole[] = ['moderator', 'coordinator', 'auditor', 'admin']

type Member = Pick<StoredSession, 'user_id' | 'email'>

const NOTHING_SAVED: StaffQueue = { ops: [], damaged: [] }

/** Who sits here, and what they saved on this phone. */
function createDesk() {
  const member = shallowRef<Member | null>(null)
  const saved = shallowRef<StaffQueue>(NOTHING_SAVED)
  let stop = () => {}

  /** Forgets them here; who sat at the desk stays signed in. */
  function leaveEmpty(): void {
    stop()
    member.value = null
    saved.value = NOTHING_SAVED
  }
  function seat(next: Member): void {
    member.value = next
    stop = observeTables(staffQueue(next.user_id), (queue) => (saved.value = queue))
  }
  return { member, saved, leaveEmpty, seat }
}

export const useStaffSessionStore = defineStore('staffSession', () => {
  const session = useLive(sessionQuery, undefined)
  const { member, saved, leaveEmpty, seat } = createDesk()
  const isLeaving = shallowRef(false)
  const { value: me, run: readMe } = useLoad(() => answerOf(supabase.rpc('staff_me')))

  function close(): void {
    leaveEmpty()
    me.value = null
  }

  /** Opens the desk for a member, empty of what another one saw. Their pages read `userId` once, in their setup. */
  function open(next: Member): void {
    close()
    isLeaving.value = false
    seat(next)
  }

  /** Signs out of this phone, without signal too. */
  async function leave(): Promise<void> {
    isLeaving.value = true
    const { signOut } = await import('@/data/staff/auth')
    await signOut()
  }

  return {
    /** As on this phone, in every tab; undefined until it was read, null when nobody is signed in. */
    session,
    userId: computed(() => member.value?.user_id ?? ''),
    email: computed(() => member.value?.email ?? ''),
    /** Null while it is not known: without signal the desk opens all the same. */
    me: shallowReadonly(me),
    readMe,
    /** Whether the member holds the role for this convocatoria, or for any where none is named. False while unknown. */
    can: (role: StaffRole, convocatoria?: string): boolean =>
      !!me.value?.roles.some(
        (held) =>
          held.role === role &&
          (!convocatoria || !held.convocatoria_id || held.convocatoria_id === convocatoria),
      ),
    /** The staff's ops on this phone, everybody's, in order of saving. */
    ops: computed(() => saved.value.ops),
    /** This member's ops that cannot be read: never sent. */
    damaged: computed(() => saved.value.damaged),
    /** The member asked to sign out: a session that ends now did not end by itself. */
    isLeaving: shallowReadonly(isLeaving),
    open,
    close,
    leave,
  }
})
