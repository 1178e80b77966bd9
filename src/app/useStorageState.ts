import { onMounted, shallowReadonly, shallowRef } from 'vue'

/** Whether the browser promised to keep what is stored, and how many bytes that is; null while unknown. */
export function useStorageState(storage: StorageManager | undefined = navigator.storage) {
  const persisted = shallowRef<boolean | null>(null)
  const usage = shallowRef<number | null>(null)
  const denied = shallowRef(false)

  onMounted(async () => {
    persisted.value = (await storage?.persisted?.()) ?? false
    usage.value = (await storage?.estimate?.())?.usage ?? null
  })

  /** Asks anew, whatever was answered at the first save: browsers change their mind once it is installed. */
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
