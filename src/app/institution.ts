/** Who asks and what is open: the one document the landing needs, from the network or the worker's cache. */
import { computed, shallowReadonly, shallowRef } from 'vue'
import { rpcGet } from '@/data/rpc'
import type { Bootstrap } from '@/domain/rows'
import { oneForAll } from './oneForAll'

export const useInstitution = oneForAll(() => {
  const bootstrap = shallowRef<Bootstrap | null>(null)
  const fault = shallowRef<unknown>(null)
  const loading = shallowRef(false)
  const kept = shallowRef(false)
  let again = false

  /**
   * Fetches it again, after the fetch in the air if there is one. What is on the screen stays until
   * something better is here; never throws.
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
      void dress(bootstrap.value.institution.accent)
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
    fault: shallowReadonly(fault),
    loading: shallowReadonly(loading),
    /** Whether it came through the worker, which keeps it for when there is no signal. */
    kept: shallowReadonly(kept),
    load,
  }
})

/** Our own colour is on the page until the institution's was checked for contrast. */
async function dress(accent: string): Promise<void> {
  const { applyAccent } = await import('@/ui/accent')
  applyAccent(accent, document.documentElement.style)
}
