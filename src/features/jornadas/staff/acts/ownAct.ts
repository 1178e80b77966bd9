/** What the coordination does with a registration on somebody's behalf. Each act is an op of this member, saved without a signal. */
import { computed, ref } from 'vue'
import type { StaffItem } from '@/domain/staffRows'
import { faultText } from '@/i18n/refusals'
import { attemptsOf } from '@/staff/attempt'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { discardOp } from '@/sync/discard'
import { enqueue } from '@/sync/enqueue'

const ACTS = [
  'registration.amend',
  'registration.release',
  'registration.reassign',
  'registration.seat',
  'registration.substitute',
  'registration.approve',
  'registration.undo_approve',
  'constancia.reissue',
  'constancia.revoke',
] as const
export type Act = (typeof ACTS)[number]

/** The payloads. `reason` is what the author reads. */
export interface ActPayloads {
  'registration.amend': { display_name?: string; post?: string; email?: string; reason: string }
  /** Null cancels every day that has not begun. */
  'registration.release': { jornada_id: string | null; reason: string }
  'registration.reassign': { jornada_id: string; to: string; online?: boolean; reason: string }
  'registration.seat': { jornada_id: string; reason: string }
  'registration.approve': Record<string, never>
  'registration.undo_approve': { event_id: string }
  /** Every day that has not begun. `id`: of the registration of the person who attends instead. */
  'registration.substitute': {
    id: string
    display_name: string
    post: string
    email: string | null
    reason: string
  }
  'constancia.reissue': { reason: string }
  'constancia.revoke': { reason: string }
}

/** Whether an op is one of these acts. */
export const isAct = (kind: string): kind is Act => ACTS.some((act) => act === kind)

/** Call it in the setup of a screen that shows this registration. */
export function useOwnAct(item: () => StaffItem<'jornadas'>) {
  const session = useStaffSessionStore()
  /** Whether the question of this act is open. */
  const isOpen = ref(false)
  const isBusy = ref(false)
  const problem = ref('')
  const attempt = attemptsOf({ isBusy, problem }, faultText)
  /** This member's act that the server has not accepted. */
  const own = computed(() =>
    session.ops.find(
      ({ kind, entity_id, actor }) => isAct(kind) && entity_id === item().id && actor === session.userId,
    ),
  )
  /** Whether the member may act on it, also where it was withdrawn. */
  const mayAct = computed(
    () =>
      !own.value &&
      (session.can('coordinator', item().convocatoria_id) || session.can('admin', item().convocatoria_id)),
  )
  const canAct = computed(() => mayAct.value && item().state !== 'withdrawn')
  /** Saves an act on the version that is shown, and closes its question. `problem` says why it could not be saved. */
  const save = <K extends Act>(kind: K, payload: ActPayloads[K]) =>
    attempt(async () => {
      const { id: entity_id, version: expected_version } = item()
      await enqueue({ kind, entity_id, payload, expected_version, actor: session.userId })
      isOpen.value = false
    })
  const discard = async () => void (own.value && (await discardOp(own.value.op_id)))
  return { own, mayAct, canAct, isOpen, isBusy, problem, save, discard }
}
