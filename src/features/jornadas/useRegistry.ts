/** The registry of public bodies. The worker keeps its last answer, so that it can be searched offline. */
import { onScopeDispose, readonly, ref } from 'vue'
import { rpcGet } from '@/data/rpc'
import { useLoad } from '@/data/useLoad'
import { Fault } from '@/domain/fault'
import type { Registry } from './registration'

const within = (part: string) => rpcGet('list_bodies', { p_within: part })

/** A phone of version 0.1 kept the whole registry under an address of its own, which serves while it has no signal. */
async function keptBefore(fault: unknown): Promise<Registry> {
  if (!(fault instanceof Fault) || fault.code !== 'offline') throw fault
  return rpcGet('list_bodies', {})
}

/** The whole registry, by parts when it is large. Faults as `rpc`. */
async function fetchRegistry(): Promise<Registry> {
  const first = await within('').catch(keptBefore)
  if (!first.parts) return first
  const parts = await Promise.all(first.parts.map(within))
  const items = parts.flatMap((part) => part.items)
  return { classes: first.classes, items: items.sort((a, b) => a.name.localeCompare(b.name, 'es')) }
}

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
