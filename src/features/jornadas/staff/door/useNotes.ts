/** Noting who comes and leaves, and taking it back. Each act is saved on this phone before it resolves. */
import { shallowRef, type ShallowRef } from 'vue'
import { serverNow } from '@/data/serverClock'
import type { DoorLine } from '@/features/jornadas/registration'
import { discardOp } from '@/sync/discard'
import { enqueue } from '@/sync/enqueue'
import { askPersistence } from '@/sync/persistence'
import { takeOver } from '@/sync/staff/takeOver'
import { syncNow } from '@/sync/start'
import type { OutboxOp } from '@/data/db'
import { uuidV7 } from '@/sync/uuid'
import { readDoorName } from './doorName'
import { type CheckIn, handedOver, type UndoneArrival, type UndoneDeparture, type WalkIn } from './doorOps'
import { dropMark, sealMark } from './keptLists'
import { hasLeft, type Person } from './people'

/** The last person noted on this phone, when, and whether coming or leaving. */
export interface Marked {
  id: string
  at: string
  way: 'in' | 'out'
}

/** What a walk-in says beyond this door. */
export type WalkInAnswers = Omit<WalkIn, 'jornada_id' | 'at' | 'door' | 'noted_by'>

/** Taking back: what was noted by mistake, and what the server refused. */
function useUndo(jornadaId: string, userId: string, marked: ShallowRef<Marked | null>) {
  /** Discards a refused op. The server applied nothing of it. */
  async function giveUp(opId: string, submissionId: string): Promise<void> {
    await dropMark(userId, jornadaId, submissionId)
    await discardOp(opId)
  }
  /** Drops this member's last op of a person while it is unsent. */
  const drop = async ({ op, state }: Person): Promise<boolean> =>
    (state === 'unsent' || state === 'left_unsent') && op?.actor === userId && (await discardOp(op.op_id))

  /**
   * Takes back what was noted by mistake, the departure before the arrival: drops its op while that is unsent, and otherwise
   * saves one that undoes it. Faults: `storage_full`, `storage_failed`.
   */
  async function undo(person: Person): Promise<void> {
    marked.value = null
    const id = person.line.submission_id
    const about = { entity_id: id, actor: userId }
    if (await drop(person)) {
      if (person.state === 'unsent') await dropMark(userId, jornadaId, id)
    } else if (hasLeft(person)) {
      const payload: UndoneDeparture = { jornada_id: jornadaId, left_at: person.left! }
      await enqueue({ ...about, kind: 'door.undo_check_out', payload })
    } else {
      const payload: UndoneArrival = { jornada_id: jornadaId, arrived_at: person.at! }
      await enqueue({ ...about, kind: 'door.undo_check_in', payload }, () => dropMark(userId, jornadaId, id))
    }
  }
  return { giveUp, undo }
}

/** Sends under this member's session what colleagues noted on this phone. It goes on saying who noted it. */
const takeOverAs = (userId: string) => (ops: readonly OutboxOp[]) => {
  const ids = ops.map(({ op_id }) => op_id)
  return takeOver(ids, userId, handedOver)
}

export function useNotes(jornadaId: string, userId: string) {
  const marked = shallowRef<Marked | null>(null)
  const stamp = () => ({ jornada_id: jornadaId, at: serverNow().toISOString(), door: readDoorName() })

  /** Resolves once the check-in is saved on this phone. Faults: `storage_full`, `storage_failed`. */
  async function mark(line: DoorLine, code: string | null, isOnline = false): Promise<Marked> {
    const payload: CheckIn = { ...stamp(), code, ...(isOnline && { online: true as const }) }
    const { at } = payload
    const keepMark = await sealMark(userId, jornadaId, { at, line })
    await enqueue({ kind: 'door.check_in', entity_id: line.submission_id, payload, actor: userId }, keepMark)
    void askPersistence()
    return (marked.value = { id: line.submission_id, at, way: 'in' })
  }
  /** The same of a departure. */
  async function leave(line: DoorLine, code: string | null): Promise<Marked> {
    const payload: CheckIn = { ...stamp(), code }
    const keepLine =
      line.version === 0 ? await sealMark(userId, jornadaId, { at: payload.at, line }) : undefined // not on the list
    const op = { kind: 'door.check_out', entity_id: line.submission_id, payload, actor: userId } as const
    await enqueue(op, keepLine)
    void askPersistence()
    return (marked.value = { id: line.submission_id, at: payload.at, way: 'out' })
  }
  /** The same of somebody without a registration, or in the place of one that the server refused. */
  async function walkIn(answers: WalkInAnswers, refused?: OutboxOp): Promise<Marked> {
    const at = refused && (refused.payload as WalkIn).at
    const payload: WalkIn = { ...answers, ...stamp(), ...(at && { at }) }
    const entity_id = refused?.entity_id ?? uuidV7()
    await enqueue({ kind: 'door.walk_in', entity_id, payload, actor: userId })
    if (refused && (await discardOp(refused.op_id))) void syncNow()
    void askPersistence()
    return (marked.value = { id: entity_id, at: payload.at, way: 'in' })
  }
  /** Replaces a refused check-in by one without a code. Ops behind the refused one can go after it is discarded. */
  async function markAgain(opId: string, line: DoorLine): Promise<void> {
    await mark(line, null)
    await discardOp(opId)
    void syncNow()
  }
  const takeOverNotes = takeOverAs(userId)
  return { marked, mark, leave, walkIn, markAgain, takeOverNotes, ...useUndo(jornadaId, userId, marked) }
}
