/** A disk that does not let this page synchronise: kept in memory, as nothing can be written about it. */
import { readonly, ref } from 'vue'
import { storageFault } from '@/data/storageFault'
import type { Fault } from '@/domain/fault'
import type { Outcome } from './engine'

const code = ref<Fault['code'] | null>(null)

/** `storage_full` or `storage_failed` while the last cycle of this tab ended by it. */
export const storageTrouble = readonly(code)

/** A cycle came to its end, whatever the network did. Another tab's cycle tells nothing of this one's disk. */
export function passOn(outcome: Outcome): Outcome {
  if (outcome !== 'busy') code.value = null
  return outcome
}

/** A cycle did not: said on the screen. Throws what it was given. */
export function tellStorage(error: unknown): never {
  code.value = storageFault(error).code
  throw error
}
