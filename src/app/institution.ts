/** Who asks and what is open: the one document the landing needs, from the network or the worker's cache. */
import { computed, shallowReadonly, shallowRef } from 'vue'
import { rpcGet } from '@/data/rpc'
import type { Bootstrap } from '@/domain/rows'
import { oneForAll } from './oneForAll'

export const useInstitution = oneForAll(() => {
  const bootstrap = shallowRef<Bootstrap | null>(null)
  const fault = shallowRef<unknown>(null)
  const loading = shallowRef(false)

  /** Fetches it again. What is on the screen stays until something better is here; never throws. */
  async function load(): Promise<void> {
    if (loading.value) return
    loading.value = true
    try {
      bootstrap.value = await rpcGet<Bootstrap>('bootstrap')
      fault.value = null
      void dress(bootstrap.value.institution.accent)
    } catch (error) {
      fault.value = error
    } finally {
      loading.value = false
    }
  }

  return {
    bootstrap: shallowReadonly(bootstrap),
    institution: computed(() => bootstrap.value?.institution ?? null),
    fault: shallowReadonly(fault),
    loading: shallowReadonly(loading),
    load,
  }
})

/** Our own colour is on the page until the institution's was checked for contrast. */
async function dress(accent: string): Promise<void> {
  const { applyAccent } = await import('@/ui/accent')
  applyAccent(accent, document.documentElement.style)
}
