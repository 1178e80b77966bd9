/** The institution and its campaigns: the landing's only document, from the network or the worker's cache. */
import { defineStore } from 'pinia'
import { computed, shallowReadonly, shallowRef } from 'vue'
import { rpcGet } from './rpc'
import type { Bootstrap } from '@/domain/rows'

export const useInstitutionStore = defineStore('institution', () => {
  const bootstrap = shallowRef<Bootstrap | null>(null)
  const fault = shallowRef<unknown>(null)
  const loading = shallowRef(false)
  const kept = shallowRef(false)
  let again = false

  /**
   * Fetches the document. A call during a fetch causes one more fetch after it. The old document stays until a new one
   * arrives. Never rejects: a failure is in `fault`.
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
    /** Why the last fetch failed; null after a successful one. */
    fault: shallowReadonly(fault),
    loading: shallowReadonly(loading),
    /** Whether the document was fetched through the worker, which keeps it for offline use. */
    kept: shallowReadonly(kept),
    load,
    /** Shows a document that was read in another way. */
    take: (document: Bootstrap) => void (bootstrap.value = document),
  }
})
