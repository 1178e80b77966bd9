/** Opens a private link. The link stays in memory only. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import { getItem } from '@/data/items'
import { Fault } from '@/domain/fault'
import type { SubmissionRow } from '@/domain/rows'
import { openFolio } from './openFolio'
import type { PrivateLink } from '@/domain/privateLink'

/** `offline`: retries when the connection returns. `refused`: the form says why. `known`: already on this phone. */
export type Phase = 'form' | 'opening' | 'offline' | 'refused' | 'found' | 'known'

/** The phase and the result of opening a link, and the commands. Call it in a setup. */
export function useOpenFolio() {
  const phase = ref<Phase>('form')
  const link = shallowRef<PrivateLink | null>(null)
  const row = shallowRef<SubmissionRow | null>(null)
  const code = ref('')

  async function open(next: PrivateLink): Promise<void> {
    link.value = next
    phase.value = 'opening'
    try {
      row.value = await openFolio(next)
      const known = await getItem(row.value.id)
      phase.value = known && !known.denied ? 'known' : 'found'
    } catch (error) {
      const fault = error instanceof Fault ? error : new Fault('unknown', false)
      code.value = fault.code
      phase.value = fault.retryable ? 'offline' : 'refused'
    }
  }

  /** Reads the submission again while it stays on screen. False when that failed. */
  async function refresh(): Promise<boolean> {
    if (!link.value) return false
    try {
      row.value = await openFolio(link.value)
      return true
    } catch (error) {
      code.value = error instanceof Fault ? error.code : 'unknown'
      return false
    }
  }

  const whenOnline = () => {
    if (phase.value === 'offline' && link.value) void open(link.value)
  }
  addEventListener('online', whenOnline)
  onScopeDispose(() => removeEventListener('online', whenOnline))

  return { phase, link, row, code, open, refresh }
}
