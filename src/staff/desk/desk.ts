/** What the staff's pages share while somebody is at the desk: who they are, the queue, their saved ops. */
import { type InjectionKey, type Ref, inject } from 'vue'
import type { OutboxOp } from '@/data/db'
import type { DamagedOp } from '@/data/readRows'
import type { StaffItem, StaffMe } from '@/domain/staffRows'
import type { useKept } from '../offline/useKept'
import type { useQueue } from '../queue/useQueue'

export interface Desk {
  userId: string
  email: string
  /** Null while it is not known: without signal the desk opens all the same. */
  me: Readonly<Ref<StaffMe | null>>
  queue: ReturnType<typeof useQueue>
  /** What this member keeps to review without signal. */
  kept: ReturnType<typeof useKept>
  /** The staff's ops on this phone, everybody's, in order of saving. */
  ops: Readonly<Ref<OutboxOp[]>>
  /** This member's ops that cannot be read: never sent. */
  damaged: Readonly<Ref<DamagedOp[]>>
  wide: Readonly<Ref<boolean>>
  /** Signs out of this phone. */
  leave: () => Promise<void>
  /** What was opened during this visit: it can be read again without signal, and goes with the desk. */
  seen: Map<string, StaffItem>
}

export const DESK: InjectionKey<Desk> = Symbol('desk')

/** The desk that the page lies on. */
export function useDesk(): Desk {
  const desk = inject(DESK)
  if (!desk) throw new Error('a staff page outside DeskView')
  return desk
}
