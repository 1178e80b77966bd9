/**
 * The institution and its campaigns: the landing's only document. The worker answers with the one it keeps and then tells
 * what the network answered (`src/sw/tellsPage.ts`), so that a silence or a retirement shows in the same visit.
 */
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
  /** What the worker told during a fetch; it is newer than the fetch's own answer. */
  let told: Bootstrap | null = null
  navigator.serviceWorker?.addEventListener('message', ({ data }) => {
    const document = (data as { bootstrap?: Bootstrap } | null)?.bootstrap
    if (document) told = bootstrap.value = document
  })

  /**
   * Fetches the document. A call during a fetch causes one more fetch after it. The old document stays until a new one
   * arrives. Never rejects: a failure is in `fault`.
   */
  async function load(): Promise<void> {
    again = loading.value
    if (again) return
    loading.value = true
    told = null
    const isControlled = !!navigator.serviceWorker?.controller
    try {
      const answered = await rpcGet('bootstrap')
      bootstrap.value = told ?? answered
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
