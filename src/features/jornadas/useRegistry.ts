/** The registry of public bodies. The worker keeps its last answer, so that it can be searched offline. */
import { onScopeDispose, readonly, ref } from 'vue'
import { rpcGet } from '@/data/rpc'
import { useLoad } from '@/data/useLoad'

const fetchRegistry = () => rpcGet('list_bodies')

/** Resolves once the worker controls this page. Answers received before that are not kept. */
async function untilWorker(): Promise<void> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined
  if (!workers || workers.controller) return
  await new Promise((resolve) => workers.addEventListener('controllerchange', resolve, { once: true }))
}

/** Loads the registry until the worker keeps it, with a new attempt when the phone is back online. True once kept. */
export function useKeptRegistry() {
  const isKept = ref(false)
  const keep = async () => {
    await untilWorker()
    isKept.value ||= await fetchRegistry().then(
      () => true,
      () => false,
    )
  }
  addEventListener('online', keep)
  onScopeDispose(() => removeEventListener('online', keep))
  void keep()
  return readonly(isKept)
}

export function useRegistry() {
  const registry = useLoad(fetchRegistry)
  void registry.run()
  return registry
}
