/**
 * What a member sends with a form of one entity: the op that the server has not accepted, the form that is kept meanwhile, and
 * how a new op takes the place of both.
 */
import { computed, type Ref } from 'vue'
import type { OutboxOp } from '@/data/db'
import { savedReply } from '@/data/staff/queries'
import { replyPlace } from '@/data/staff/replies'
import { useLive } from '@/data/useLive'
import { Fault } from '@/domain/fault'
import type { OpKind } from '@/domain/ops'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { discardOp } from '@/sync/discard'
import { enqueue, type NewOp } from '@/sync/enqueue'
import type { Keeping } from './useKeeping'

type Stopped = Readonly<Ref<OutboxOp | null>>

/** This member's last op of a kind that the server has not accepted; `stopped` once it refused it. Call it in a setup. */
export function useOwnOp(id: string, kind: OpKind) {
  const session = useStaffSessionStore()
  const op = computed(() =>
    session.ops.findLast((one) => one.entity_id === id && one.kind === kind && one.actor === session.userId),
  )
  const stopped: Stopped = computed(() => (op.value?.state === 'needs_person' ? op.value : null))
  return { op, stopped }
}

/** The same with the form that is kept under `name`, for whoever shows both without the form. Call it in a setup. */
export function useUnsent(id: string, kind: OpKind, name: string) {
  const { userId } = useStaffSessionStore()
  const { op, stopped } = useOwnOp(id, kind)
  const kept = useLive(savedReply(userId, id, name), undefined)
  async function remove() {
    const place = replyPlace(userId, id, name)
    await place.find()
    await place.drop()
    if (stopped.value) await discardOp(stopped.value.op_id)
  }
  return { op, stopped, kept, remove }
}

/** Saves the op that `op` makes. The same transaction deletes the refused op and the kept form that it replaces. Faults: see `enqueue`. */
export async function sendKept(
  op: () => NewOp,
  stopped: Stopped,
  keeping: Pick<Keeping<never>, 'flush' | 'drop' | 'settle'>,
): Promise<void> {
  await keeping.flush()
  const before = stopped.value
  await enqueue(op(), async () => {
    if (before && !(await discardOp(before.op_id))) throw new Fault('server', true)
    await keeping.drop()
  })
  keeping.settle()
}

/** Discards what was typed and what was refused. */
export async function dropKept(stopped: Stopped, keeping: Pick<Keeping<never>, 'forget'>): Promise<void> {
  await keeping.forget()
  if (stopped.value) await discardOp(stopped.value.op_id)
}
