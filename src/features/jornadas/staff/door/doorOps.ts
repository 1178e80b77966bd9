/** What is noted at a door, as ops. */
import type { OutboxOp } from '@/data/db'
import type { Consent } from '@/domain/propuesta'

/**
 * What an arrival and a departure share. `door`: the name of this door or phone. `noted_by`: the colleague who noted it on
 * this phone, when another member sends it.
 */
interface Noted {
  jornada_id: string
  at: string
  door?: string
  noted_by?: string
}

/**
 * The payload of `door.check_in` and `door.check_out`. `code` is null when the person was found by name or folio. `online`, since
 * version 3 of an arrival: the person attended online and takes no seat of the hall.
 */
export interface CheckIn extends Noted {
  code: string | null
  online?: true
}

/** The payload of `door.walk_in`. `body_name` is for this phone; the server reads `body_id` only. */
export interface WalkIn extends Noted {
  body_id: string
  body_name: string
  display_name: string
  post: string
  notice_id: string
  notice_hash: string
  locale: string
  consented_at: string
  consents: Consent[]
}

/** The payload of `door.undo_check_in`: the arrival as this phone knew it. */
export interface UndoneArrival {
  jornada_id: string
  arrived_at: string
}

/** The payload of `door.undo_check_out`: the departure as this phone knew it. */
export interface UndoneDeparture {
  jornada_id: string
  left_at: string
}

const KINDS: ReadonlySet<string> = new Set([
  'door.check_in',
  'door.check_out',
  'door.walk_in',
  'door.undo_check_in',
  'door.undo_check_out',
])
const NOTES: ReadonlySet<string> = new Set(['door.check_in', 'door.check_out', 'door.walk_in'])

export const isDoorOp = ({ kind }: Pick<OutboxOp, 'kind'>): boolean => KINDS.has(kind)

/** Whether it notes something, rather than taking it back. */
export const isNote = ({ kind }: Pick<OutboxOp, 'kind'>): boolean => NOTES.has(kind)

/** The unaccepted ops at the door of a day, of every member on this phone, in order of saving. */
export const doorOpsOf = (ops: readonly OutboxOp[], jornadaId: string): OutboxOp[] =>
  ops.filter((op) => isDoorOp(op) && (op.payload as Noted).jornada_id === jornadaId)

/** The payload of an op that another member sends: it goes on saying who noted it. */
export const handedOver = ({ kind, payload, actor }: OutboxOp): object =>
  isNote({ kind }) ? { noted_by: actor!, ...(payload as Noted) } : (payload as object)
