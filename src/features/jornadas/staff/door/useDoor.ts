/** The door of one day: its list as this phone knows it, and noting who comes and leaves, online or offline. */
import { computed, type Ref, ref, watch } from 'vue'
import type { OutboxOp } from '@/data/db'
import { certainNow, isClockSure } from '@/data/serverClock'
import { useLive } from '@/data/useLive'
import { useNow } from '@/data/useNow'
import type { StaffRole } from '@/domain/staffRows'
import { syncNow } from '@/sync/start'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { shutUntil } from './days'
import { doorOpsOf, isNote } from './doorOps'
import { endListsInTime } from './endLists'
import { confirmDoorList, dropDoorList, keepDoorList, type KeptList, noteAsking } from './keptLists'
import { mergePeople, type Person, toldOf } from './people'
import { doorDays, doorList, doorVerdicts } from './queries'
import { readDoorList } from './readList'
import { useDoorRead } from './useDoorRead'
import { useNotes } from './useNotes'

const KEEPERS: readonly StaffRole[] = ['door', 'coordinator', 'moderator']
/** A day is read as often as this while its page is open, in ms. An unchanged list is a few hundred bytes. */
const LIVE_MS = 20_000

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

/** The unaccepted ops of this day: this member's, and what colleagues left on this phone. */
function useDayOps(jornadaId: string, userId: string) {
  const session = useStaffSessionStore()
  const ops = computed(() => doorOpsOf(session.ops, jornadaId))
  const own = computed(() => ops.value.filter(({ actor }) => actor === userId))
  const leftBehind = computed(() => ops.value.filter(({ actor }) => actor !== userId))
  const stuck = computed(() => own.value.filter(({ state }) => state === 'needs_person'))
  const isUnsent = (op: OutboxOp) => isNote(op) && op.state !== 'needs_person'
  const unsent = computed(() => own.value.filter(isUnsent).length)
  return { ops, own, leftBehind, stuck, unsent }
}

/** Reads the list unless it is still the one of this token. */
async function readAndKeep(userId: string, jornadaId: string, token: string | undefined): Promise<void> {
  const asked = await noteAsking(userId, jornadaId)
  const list = await readDoorList(jornadaId, token)
  await (list ? keepDoorList(userId, list, asked) : confirmDoorList(userId, jornadaId, asked))
}

export function useDoor(jornadaId: string) {
  const session = useStaffSessionStore()
  const { userId } = session
  const kept = useLive(doorList(userId, jornadaId), undefined)
  const answers = useLive(doorVerdicts(userId), [])
  const { cancelled, opensAt } = useDay(jornadaId, userId, kept)
  const { ops, own, ...unsentOps } = useDayOps(jornadaId, userId)
  endListsInTime()

  /** Leaves out marks whose op cannot be read. They were never sent, so the person has to be marked again. */
  function withoutDamaged(list: KeptList): KeptList {
    const lost = new Set(session.damaged.map(({ entity_id }) => entity_id))
    const marks = Object.entries(list.marks).filter(([id]) => !lost.has(id))
    return { ...list, marks: Object.fromEntries(marks) }
  }
  const verdicts = computed(() => answers.value.map(({ line }) => line))
  const people = computed<Person[]>(() =>
    kept.value ? mergePeople(withoutDamaged(kept.value), ops.value, verdicts.value) : [],
  )
  const canMark = computed(() => cancelled.value === null && opensAt.value === null && mayMark(session))
  const canUndo = computed(() => mayMark(session))
  /** A walk-in whom the server knows already by another registration is that person. */
  const personOf = (id: string): Person | undefined => {
    const find = (one: string) => people.value.find(({ line }) => line.submission_id === one)
    const told = answers.value.find(({ entity_id }) => entity_id === id)
    return find(id) ?? (told && (find(told.line.submission_id) ?? toldOf(told.line)))
  }

  const read = useDoorRead(
    async () => {
      await readAndKeep(userId, jornadaId, kept.value?.list.token)
      if (own.value.length > unsentOps.stuck.value.length) void syncNow() // the phone is online, so unsent ops can go
    },
    () => dropDoorList(userId, jornadaId),
    LIVE_MS,
  )
  /** What the server took changes the list. */
  watch(
    () => own.value.length,
    (now, before) => now < before && void read.refresh(),
  )

  const shown = { jornadaId, kept, people, cancelled, opensAt, ...unsentOps }
  /** Whether people are leaving: a pass and the buttons of the list then note departures. */
  const isExit = ref(false)
  return { ...shown, isExit, canMark, canUndo, personOf, read, ...useNotes(jornadaId, userId) }
}

export type Door = ReturnType<typeof useDoor>
