/** The door of one day: its list as this phone knows it, and marking arrivals, online or offline. */
import { computed, type Ref, shallowRef } from 'vue'
import {
  type CheckIn,
  doorOpsOf,
  dropDoorList,
  dropMark,
  keepDoorList,
  type KeptList,
  markArrival,
  noteAsking,
  type UndoneArrival,
  unmarkArrival,
} from './keptLists'
import { doorDays, doorList, doorVerdicts } from './queries'
import { certainNow, isClockSure, serverNow } from '@/data/serverClock'
import { useLive } from '@/data/useLive'
import { useNow } from '@/data/useNow'
import type { DoorLine } from '@/features/jornadas/registration'
import type { StaffRole } from '@/domain/staffRows'
import { discardOp } from '@/sync/discard'
import { enqueue } from '@/sync/enqueue'
import { askPersistence } from '@/sync/persistence'
import { syncNow } from '@/sync/start'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { shutUntil } from './days'
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
  /**
   * Takes back an arrival that was noted by mistake: drops its check-in while that is unsent, and otherwise saves an op
   * that undoes it. Faults: `storage_full`, `storage_failed`.
   */
  async function undo({ line, state, op, at }: Person): Promise<void> {
    marked.value = null
    const id = line.submission_id
    if (state === 'unsent' && op && (await discardOp(op.op_id))) return unmarkArrival(userId, jornadaId, id)
    const payload: UndoneArrival = { jornada_id: jornadaId, arrived_at: at! }
    await enqueue({ kind: 'door.undo_check_in', entity_id: id, payload, actor: userId }, () =>
      dropMark(userId, jornadaId, id),
    )
  }
  return { marked, mark, markAgain, giveUp, undo }
}

/** Offline the roles may be unknown. Marking is allowed then, and the server decides. */
const mayMark = (session: ReturnType<typeof useStaffSessionStore>) =>
  !session.me || KEEPERS.some((role) => session.can(role))

/**
 * The latest instant that may have come. While the server's clock is unknown, as after a reload without signal, no door is
 * held shut by it: the volunteer marks, and the server decides.
 */
const latestNow = (): Date => (isClockSure() ? certainNow() : new Date(8.64e15))

/** The day as this phone last read its list or the days: why it was called off (null: it was not), and its doors. */
function useDay(jornadaId: string, userId: string, kept: Readonly<Ref<KeptList | null | undefined>>) {
  const days = useLive(doorDays(userId), null)
  const now = useNow(30_000, latestNow)
  const day = computed(() => {
    const known = [kept.value?.list.jornada, days.value?.items.find(({ id }) => id === jornadaId)]
    return known.reduce((best, one) => (one && (!best || one.sequence > best.sequence) ? one : best))
  })
  const cancelled = computed(() => (day.value?.cancelled_at ? (day.value.cancel_reason ?? '') : null))
  /** From when arrivals are noted, while that is still to come; '' for a day without a date. Null once they are. */
  const opensAt = computed(() => (day.value ? shutUntil(day.value, now.value) : null))
  return { cancelled, opensAt }
}

export function useDoor(jornadaId: string) {
  const session = useStaffSessionStore()
  const { userId } = session
  const kept = useLive(doorList(userId, jornadaId), undefined)
  const verdicts = useLive(doorVerdicts(userId), [])
  const { cancelled, opensAt } = useDay(jornadaId, userId, kept)
  const ops = computed(() => doorOpsOf(session.ops, userId, jornadaId))
  /** Leaves out marks whose op cannot be read. They were never sent, so the person has to be marked again. */
  function withoutDamaged(list: KeptList): KeptList {
    const lost = new Set(session.damaged.map(({ entity_id }) => entity_id))
    const marks = Object.entries(list.marks).filter(([id]) => !lost.has(id))
    return { ...list, marks: Object.fromEntries(marks) }
  }
  const people = computed<Person[]>(() =>
    kept.value ? mergePeople(withoutDamaged(kept.value), ops.value, verdicts.value) : [],
  )
  const stuck = computed(() => ops.value.filter(({ state }) => state === 'needs_person'))
  const unsent = computed(
    () => ops.value.filter(({ kind, state }) => kind === 'door.check_in' && state !== 'needs_person').length,
  )
  const canMark = computed(() => cancelled.value === null && opensAt.value === null && mayMark(session))
  const canUndo = computed(() => mayMark(session))
  const personOf = (id: string) => people.value.find(({ line }) => line.submission_id === id)

  const read = useDoorRead(
    async () => {
      const asked = await noteAsking(userId, jornadaId)
      const list = await readDoorList(jornadaId)
      await keepDoorList(userId, list, asked)
      if (ops.value.length > stuck.value.length) void syncNow() // the phone is online, so unsent ops can go
    },
    () => dropDoorList(userId, jornadaId),
  )

  const shown = { jornadaId, kept, people, cancelled, opensAt, stuck, unsent }
  return { ...shown, canMark, canUndo, personOf, read, ...useMarks(jornadaId, userId) }
}

export type Door = ReturnType<typeof useDoor>
