/** The registry of public bodies: the worker keeps its last answer, so that it is searched without signal. */
import { onScopeDispose, readonly, ref } from 'vue'
import { rpcGet } from '@/data/rpc'
import { useLoad } from '@/data/useLoad'

const fetchRegistry = () => rpcGet('list_bodies')

/** Once the worker answers for this page: what came before it was not kept. */
async function untilWorker(): Promise<void> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined
  if (!workers || workers.controller) return
  await new Promise((resolve) => workers.addEventListener('controllerchange', resolve, { once: true }))
}

/** Brings it to this phone while there is signal; true once it is kept there. Tries again when signal comes back. */
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
