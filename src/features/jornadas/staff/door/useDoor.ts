/** One day at the door: its list as this phone knows it, and marking who arrives, with signal or without. */
import { computed, shallowRef } from 'vue'
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
import { doorList, doorVerdicts } from './queries'
import { serverNow } from '@/data/serverClock'
import { answerOf, supabase } from '@/data/staff/client'
import { useLive } from '@/data/useLive'
import type { DoorLine } from '@/features/jornadas/registration'
import type { StaffRole } from '@/domain/staffRows'
import { discardOp } from '@/sync/discard'
import { enqueue } from '@/sync/enqueue'
import { askPersistence } from '@/sync/persistence'
import { syncNow } from '@/sync/start'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { mergePeople, type Person } from './people'
import { useDoorRead } from './useDoorRead'

const KEEPERS: readonly StaffRole[] = ['door', 'coordinator', 'moderator']

/** Who was marked last, and when this phone says it was. */
export interface Marked {
  id: string
  at: string
}

/** Marking, and what can be done when the server refused it. */
function useMarks(jornadaId: string, userId: string) {
  const marked = shallowRef<Marked | null>(null)
  /** Saved on this phone when it resolves. Faults: `storage_full`, `storage_failed`. */
  async function mark(line: DoorLine, code: string | null): Promise<Marked> {
    const at = serverNow().toISOString()
    const payload: CheckIn = { jornada_id: jornadaId, code, at }
    await enqueue({ kind: 'door.check_in', entity_id: line.submission_id, payload, actor: userId }, () =>
      markArrival(userId, jornadaId, { at, line }),
    )
    void askPersistence()
    return (marked.value = { id: line.submission_id, at })
  }
  /** Takes a refused check-in off this phone; nothing of it was applied. */
  async function giveUp(opId: string, submissionId: string): Promise<void> {
    await unmarkArrival(userId, jornadaId, submissionId)
    await discardOp(opId)
  }
  /** Tries again by name what was refused. What waits behind a refused op goes once that is away. */
  async function markAgain(opId: string, line: DoorLine): Promise<void> {
    await mark(line, null)
    await discardOp(opId)
    void syncNow()
  }
  return { marked, mark, markAgain, giveUp }
}

export function useDoor(jornadaId: string) {
  const session = useStaffSessionStore()
  const { userId } = session
  const kept = useLive(doorList(userId, jornadaId), undefined)
  const verdicts = useLive(doorVerdicts(userId), [])
  const checkIns = computed(() => checkInsOf(session.ops, userId, jornadaId))
  /** A mark whose op cannot be read was never sent: it is to be made again. */
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
  /** Without signal the roles may not be known: the server decides when it hears of it. */
  const canMark = computed(() => !session.me || KEEPERS.some((role) => session.can(role)))
  const personOf = (id: string) => people.value.find(({ line }) => line.submission_id === id)

  const read = useDoorRead(
    async () => {
      const asked = await noteAsking(userId, jornadaId)
      const list = await answerOf(supabase.rpc('door_list', { p_jornada: jornadaId }))
      await keepDoorList(userId, list, asked)
      if (unsent.value > 0) void syncNow() // there is signal: what waits need not wait longer
    },
    () => dropDoorList(userId, jornadaId),
  )

  return { jornadaId, kept, people, stuck, unsent, canMark, personOf, read, ...useMarks(jornadaId, userId) }
}

export type Door = ReturnType<typeof useDoor>
