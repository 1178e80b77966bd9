/** The acts of this juror that the server has not answered: what they marked, and what they leave to others. */
import { computed, watch } from 'vue'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'

const KINDS: ReadonlySet<string> = new Set(['jury.mark', 'jury.recuse'])
export const isJuryAct = (kind: string): boolean => KINDS.has(kind)

/** `read` runs when one of them was answered. Call it in a setup. */
export function useJuryOps(read: () => Promise<void>) {
  const session = useStaffSessionStore()
  const own = computed(() => session.ops.filter((op) => isJuryAct(op.kind) && op.actor === session.userId))
  watch(own, (now, before) => {
    if (before.some((op) => !now.some(({ op_id }) => op_id === op.op_id))) void read()
  })
  /** The last unanswered act on a seat. */
  return (seat: string) => own.value.findLast(({ entity_id }) => entity_id === seat) ?? null
}
