/** Who asks and what is open: the one document the landing needs, from the network or the worker's cache. */
import { defineStore } from 'pinia'
import { computed, shallowReadonly, shallowRef } from 'vue'
import { rpcGet } from '@/data/rpc'
import type { Bootstrap } from '@/domain/rows'

export const useInstitutionStore = defineStore('institution', () => {
  const bootstrap = shallowRef<Bootstrap | null>(null)
  const fault = shallowRef<unknown>(null)
  const loading = shallowRef(false)
  const kept = shallowRef(false)
  let again = false

  /**
   * Fetches the document; a call during a fetch makes one more fetch follow. What is on the screen stays
   * until something better is here. Never rejects: `fault` holds what went wrong.
   */
  async function load(): Promise<void> {
    again = loading.value
    if (again) return
    loading.value = true
    const isControlled = !!navigator.serviceWorker?.controller
    try {
      bootstrap.value = await rpcGet('bootstrap')
      fault.value = null
      kept.value ||= isControlled
    } catch (error) {
      fault.value = error
    } finally {
      loading.value = false
    }
    if (again) await load()
  }

  return {
    bootstrap: shallowReadonly(bootstrap),
    institution: computed(() => bootstrap.value?.institution ?? null),
    /** Why the last fetch failed; null after one that did not. */
    fault: shallowReadonly(fault),
    loading: shallowReadonly(loading),
    /** Whether the document came through the worker, which keeps it for when there is no signal. */
    kept: shallowReadonly(kept),
    load,
  }
})
