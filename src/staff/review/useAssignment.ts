/** To whom a submission is assigned: as the server says, or as this member's unsent op will say. */
import { computed, watch } from 'vue'
import type { Assignee } from '@/domain/staffRows'
import { discardOp } from '@/sync/discard'
import { enqueue } from '@/sync/enqueue'
import { useStaffSessionStore } from '../desk/staffSessionStore'

/** Saves an op that assigns a submission to a member, or to nobody. Faults as `enqueue`. */
export const assign = (id: string, to: string | null, actor: string): Promise<string> =>
  enqueue({ kind: 'desk.assign', entity_id: id, payload: { to }, actor })

/** `reload` reads the submission again once the server has the op, because assigning changes no version. */
export function useAssignment(id: string, known: () => Assignee | null | undefined, reload: () => void) {
  const session = useStaffSessionStore()
  const { userId } = session
  const op = computed(() =>
    session.ops.findLast((one) => one.kind === 'desk.assign' && one.entity_id === id && one.actor === userId),
  )
  const isRefused = computed(() => op.value?.state === 'needs_person')
  const assignee = computed(() => session.assigneeOf({ id, assigned: known() ?? null }))
  const isMine = computed(() => assignee.value?.id === userId)
  watch(op, (now, before) => before && !now && reload())

  /** Takes the submission, or leaves it when it is already this member's. */
  const toggle = () => assign(id, isMine.value ? null : userId, userId)
  const dismiss = async () => void (op.value && (await discardOp(op.value.op_id)))
  const give = (to: string) => assign(id, to, userId)
  return { op, isMine, isRefused, assignee, toggle, give, dismiss }
}
