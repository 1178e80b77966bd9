/** Approving people where the campaign asks for it, one or several at once, with the minute in which it can be undone. */
import type { StaffItem } from '@/domain/staffRows'
import type { RegistrationLine } from '@/features/jornadas/registrationList'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { useLastDecisionStore } from '@/staff/review/lastDecisionStore'
import { enqueue } from '@/sync/enqueue'

const KIND = 'registration.approve'

/** Call it in a setup. */
export function useApproval() {
  const session = useStaffSessionStore()
  const last = useLastDecisionStore()
  const isSaved = (id: string) => session.ops.some(({ kind, entity_id }) => kind === KIND && entity_id === id)

  /** Those of the lines that wait for approval and that this member may approve. */
  const awaiting = (lines: readonly RegistrationLine[]) =>
    lines.filter(
      ({ id, state, seats, convocatoria_id: campaign }) =>
        state !== 'withdrawn' &&
        seats.some(({ pending }) => pending) &&
        !isSaved(id) &&
        (session.can('coordinator', campaign) || session.can('admin', campaign)),
    )
  /** Resolves once every approval is saved on this device. Faults: `storage_full`, `storage_failed`. */
  async function approve(lines: readonly Pick<StaffItem, 'id' | 'folio' | 'version'>[]): Promise<void> {
    const done = []
    for (const { id, folio, version } of lines) {
      const opId = await enqueue({ kind: KIND, entity_id: id, payload: {}, actor: session.userId })
      done.push({ id, folio, opId, version })
    }
    last.note('approve', done, 'registration.undo_approve')
  }
  return { awaiting, approve }
}
