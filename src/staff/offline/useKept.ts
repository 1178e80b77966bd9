/** The switch «Guardar para revisar sin conexión»: while it is on, the queues follow the server on this phone. */
import { computed, type Ref, ref, watch } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { startKeeping, stopKeeping } from '@/data/staff/keptItems'
import { campaignIds, keptQueue } from '@/data/staff/queries'
import { useLive } from '@/data/useLive'
import { Fault } from '@/domain/fault'
import type { StaffRole } from '@/domain/staffRows'
import { askPersistence } from '@/sync/persistence'
import { type AskStaff, isStaffAnswer, pullStaff } from '@/sync/staff/staffPull'
import type { Desk } from '../desk/desk'
import { keepStaffFiles } from './keepFiles'
import { useRefresh } from '../desk/useRefresh'

const READERS: ReadonlySet<StaffRole> = new Set(['moderator', 'coordinator', 'auditor', 'admin'])

const ask: AskStaff = (pulls) => answerOf(supabase.rpc('pull_changes', { pulls }), isStaffAnswer)

/** Those of a member with these roles; the server says so again for each. */
function readable(ids: string[], roles: NonNullable<Desk['me']['value']>['roles']): string[] {
  const own = roles.filter(({ role }) => READERS.has(role)).map((one) => one.convocatoria_id)
  return own.includes(null) ? ids : ids.filter((id) => own.includes(id))
}

/** Reads while the switch is on, one at a time; what is asked for meanwhile comes after. */
function useReading(isOn: Readonly<Ref<boolean>>, read: () => Promise<void>) {
  const isBusy = ref(false)
  /** Why it could not be kept; without signal is no trouble. */
  const trouble = ref<unknown>(null)
  let wanted = false

  async function refresh(): Promise<void> {
    wanted = true
    if (isBusy.value) return
    isBusy.value = true
    while (wanted && isOn.value) {
      wanted = false
      try {
        await read()
        trouble.value = null
      } catch (error) {
        trouble.value = error instanceof Fault && error.retryable ? null : error
      }
    }
    isBusy.value = false
  }
  return { isBusy, trouble, refresh }
}

export function useKept({ userId, me, ops }: Pick<Desk, 'userId' | 'me' | 'ops'>) {
  /** Undefined until the phone was looked at; null while the switch is off. */
  const kept = useLive(keptQueue(userId), undefined)
  const isOn = computed(() => !!kept.value)
  /** The page, too, opens without signal. */
  const isReady = ref(false)
  const keepFiles = async () => (isReady.value ||= await keepStaffFiles())
  /** On a new phone they come a moment after the desk. */
  const campaigns = useLive(campaignIds, [])
  const { isBusy, trouble, refresh } = useReading(isOn, async () => {
    const roles = me.value?.roles
    await pullStaff(ask, userId, roles ? readable(campaigns.value, roles) : [])
    void keepFiles()
  })

  async function set(on: boolean): Promise<void> {
    try {
      await (on ? startKeeping(userId) : stopKeeping(userId))
      trouble.value = null
      if (on) void askPersistence()
    } catch (error) {
      trouble.value = error
    }
  }

  useRefresh(() => void refresh())
  watch([isOn, me, () => campaigns.value.join()], () => void refresh())
  /** A decision of this phone got in. */
  watch(
    () => ops.value.filter(({ actor }) => actor === userId).length,
    (now, before) => now < before && void refresh(),
  )
  return { kept, isOn, isReady, isBusy, trouble, set }
}
