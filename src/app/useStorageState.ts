import { onMounted, shallowReadonly, shallowRef } from 'vue'

/** Whether the browser protects this phone's data from eviction, and their size in bytes; null while unknown. */
export function useStorageState(storage: StorageManager | undefined = navigator.storage) {
  const persisted = shallowRef<boolean | null>(null)
  const usage = shallowRef<number | null>(null)
  const denied = shallowRef(false)

  onMounted(async () => {
    persisted.value = (await storage?.persisted?.()) ?? false
    usage.value = (await storage?.estimate?.())?.usage ?? null
  })

  /** Asks the browser again. It may agree after the app is installed, even if it refused at the first save. */
  async function ask(): Promise<void> {
    persisted.value = (await storage?.persist?.()) ?? false
    denied.value = !persisted.value
  }
  return {
    persisted: shallowReadonly(persisted),
    usage: shallowReadonly(usage),
    denied: shallowReadonly(denied),
    ask,
  }
}
