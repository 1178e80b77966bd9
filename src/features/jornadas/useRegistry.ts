/** The registry of public bodies: the worker keeps its last answer, so that it is searched without signal. */
import { onScopeDispose, readonly, ref, shallowReadonly, shallowRef } from 'vue'
import { rpcGet } from '@/data/rpc'
import { Fault } from '@/domain/fault'
import type { Registry } from '@/domain/registration'

type RegistryState = 'waiting' | 'ready' | 'offline' | 'error'

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
  const registry = shallowRef<Registry | null>(null)
  const state = ref<RegistryState>('waiting')

  async function load(): Promise<void> {
    state.value = 'waiting'
    try {
      registry.value = await fetchRegistry()
      state.value = 'ready'
    } catch (error) {
      state.value = error instanceof Fault && error.code === 'offline' ? 'offline' : 'error'
    }
  }
  void load()
  return { registry: shallowReadonly(registry), state: readonly(state), load }
}
