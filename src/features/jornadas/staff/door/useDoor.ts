/** The door of one day: its list as this phone knows it, and marking arrivals, online or offline. */
import { computed, type Ref, shallowRef } from 'vue'
import {
  type CheckIn,
  checkInsOf,
  dropDoorList,
  keepDoorList,
  type KeptList,
  markArrival,
  noteAsking,
  unmarkArrival,
} from './keptLists'
import { doorDays, doorList, doorVerdicts } from './queries'
import { serverNow } from '@/data/serverClock'
import { useLive } from '@/data/useLive'
import type { DoorLine } from '@/features/jornadas/registration'
import type { StaffRole } from '@/domain/staffRows'
import { discardOp } from '@/sync/discard'
import { enqueue } from '@/sync/enqueue'
import { askPersistence } from '@/sync/persistence'
import { syncNow } from '@/sync/start'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { mergePeople, type Person } from './people'
import { readDoorList } from './readList'
import { useDoorRead } from './useDoorRead'

const KEEPERS: readonly StaffRole[] = ['door', 'coordinator', 'moderator']

/** The last person marked on this phone, and when. */
export interface Marked {
  id: string
  at: string
}

/** Marks an arrival, and retries or drops a refused one. */
function useMarks(jornadaId: string, userId: string) {
  const marked = shallowRef<Marked | null>(null)
  /** Resolves once the check-in is saved on this phone. Faults: `storage_full`, `storage_failed`. */
  async function mark(line: DoorLine, code: string | null): Promise<Marked> {
    const at = serverNow().toISOString()
    const payload: CheckIn = { jornada_id: jornadaId, code, at }
    await enqueue({ kind: 'door.check_in', entity_id: line.submission_id, payload, actor: userId }, () =>
      markArrival(userId, jornadaId, { at, line }),
    )
    void askPersistence()
    return (marked.value = { id: line.submission_id, at })
  }
  /** Discards a refused check-in. The server applied nothing of it. */
  async function giveUp(opId: string, submissionId: string): Promise<void> {
    await unmarkArrival(userId, jornadaId, submissionId)
    await discardOp(opId)
  }
  /** Replaces a refused check-in by one without a code. Ops behind the refused one can go after it is discarded. */
  async function markAgain(opId: string, line: DoorLine): Promise<void> {
    await mark(line, null)
    await discardOp(opId)
    void syncNow()
  }
  return { marked, mark, markAgain, giveUp }
}

/** Offline the roles may be unknown. Marking is allowed then, and the server decides. */
const mayMark = (session: ReturnType<typeof useStaffSessionStore>) =>
  !session.me || KEEPERS.some((role) => session.can(role))

/** The reason for which the day was called off, as this phone last read its list or the days; null when it was not. */
function useCancelled(jornadaId: string, userId: string, kept: Readonly<Ref<KeptList | null | undefined>>) {
  const days = useLive(doorDays(userId), null)
  return computed(() => {
    const known = [kept.value?.list.jornada, days.value?.items.find(({ id }) => id === jornadaId)]
    const newest = known.reduce((best, one) => (one && (!best || one.sequence > best.sequence) ? one : best))
    return newest?.cancelled_at ? (newest.cancel_reason ?? '') : null
  })
}

export function useDoor(jornadaId: string) {
  const session = useStaffSessionStore()
  const { userId } = session
  const kept = useLive(doorList(userId, jornadaId), undefined)
  const verdicts = useLive(doorVerdicts(userId), [])
  const cancelled = useCancelled(jornadaId, userId, kept)
  const checkIns = computed(() => checkInsOf(session.ops, userId, jornadaId))
  /** Leaves out marks whose op cannot be read. They were never sent, so the person has to be marked again. */
  function withoutDamaged(list: KeptList): KeptList {
    const lost = new Set(session.damaged.map(({ entity_id }) => entity_id))
    const marks = Object.entries(list.marks).filter(([id]) => !lost.has(id))
    return { ...list, marks: Object.fromEntries(marks) }
  }
  const people = computed<Person[]>(() =>
    kept.value ? mergePeople(withoutDamaged(kept.value), checkIns.value, verdicts.value) : [],
  )
  const stuck = computed(() => checkIns.value.filter(({ state }) => state === 'needs_person'))
  const unsent = computed(() => checkIns.value.length - stuck.value.length)
  const canMark = computed(() => cancelled.value === null && mayMark(session))
  const personOf = (id: string) => people.value.find(({ line }) => line.submission_id === id)

  const read = useDoorRead(
    async () => {
      const asked = await noteAsking(userId, jornadaId)
      const list = await readDoorList(jornadaId)
      await keepDoorList(userId, list, asked)
      if (unsent.value > 0) void syncNow() // the phone is online, so unsent check-ins can go
    },
    () => dropDoorList(userId, jornadaId),
  )

  const shown = { jornadaId, kept, people, cancelled, stuck, unsent }
  return { ...shown, canMark, personOf, read, ...useMarks(jornadaId, userId) }
}

export type Door = ReturnType<typeof useDoor>
