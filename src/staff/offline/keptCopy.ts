/** The copy behind the switch «Guardar para revisar sin conexión»: while it is on, this phone follows the queues. */
import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import { observeTables } from '@/data/observeTables'
import { answerOf, supabase } from '@/data/staff/client'
import { type Kept, startKeeping, stopKeeping } from '@/data/staff/keptItems'
import { campaigns as knownCampaigns, keptQueue } from '@/data/staff/queries'
import { Fault } from '@/domain/fault'
import { askPersistence } from '@/sync/persistence'
import { type AskStaff, isStaffAnswer, pullStaff } from '@/sync/staff/staffPull'
import { isModerated } from '../kinds'
import { READERS, useStaffSessionStore } from '../desk/staffSessionStore'
import { useRefresh } from '../desk/useRefresh'
import { keepStaffFiles } from './keepFiles'

const ask: AskStaff = (pulls) => answerOf(supabase.rpc('pull_changes', { pulls }), isStaffAnswer)

/** Runs one read at a time while the switch is on. A request during a read causes one more read after it. */
function createReading(isOn: Readonly<Ref<boolean>>, read: () => Promise<void>) {
  const isBusy = ref(false)
  /** Why the copy could not be kept. Being offline is no trouble. */
  const trouble = shallowRef<unknown>(null)
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

/** The campaigns on whose submissions staff decide. */
const decidedOf = (known: readonly { id: string; kind: string }[]): string[] =>
  known.filter(({ kind }) => isModerated(kind)).map(({ id }) => id)

export function createKeptCopy() {
  const session = useStaffSessionStore()
  /** Undefined until the database was read; null while the switch is off. */
  const kept = shallowRef<Kept | null>()
  const isOn = computed(() => !!kept.value)
  /** Whether the page itself opens offline. */
  const isReady = ref(false)
  /** The campaigns of this phone. On a new phone they arrive after the desk opens. */
  const campaigns = shallowRef<string[]>([])

  /** Asks for the campaigns that the member's roles may read and whose submissions are decided. The server checks each again. */
  const { isBusy, trouble, refresh } = createReading(isOn, async () => {
    const readable = campaigns.value.filter((id) => READERS.some((role) => session.can(role, id)))
    await pullStaff(ask, session.userId, readable)
    void keepFiles()
  })
  const keepFiles = async () => (isReady.value ||= await keepStaffFiles())

  async function keep(on: boolean): Promise<void> {
    try {
      await (on ? startKeeping(session.userId) : stopKeeping(session.userId))
      trouble.value = null
      if (on) void askPersistence()
    } catch (error) {
      trouble.value = error
    }
  }

  /** Follows database and server. Call it in a scope that ends when the desk closes. */
  function follow(): void {
    onScopeDispose(observeTables(keptQueue(session.userId), (next) => (kept.value = next)))
    onScopeDispose(observeTables(knownCampaigns, (known) => known && (campaigns.value = decidedOf(known))))
    useRefresh(() => void refresh())
    watch([isOn, () => session.me, () => campaigns.value.join()], () => void refresh())
    /** An op of this member left the outbox, so the copy is out of date. */
    watch(
      () => session.ops.filter(({ actor }) => actor === session.userId).length,
      (now, before) => now < before && void refresh(),
    )
  }

  function clear(): void {
    kept.value = undefined
    campaigns.value = []
    isReady.value = false
    trouble.value = null
  }
  return { kept, isOn, isReady, isBusy, trouble, keep, follow, clear }
}
