import { readonly, ref } from 'vue'

const wakes = ref('SyncManager' in globalThis && 'serviceWorker' in navigator)

/**
 * Whether the browser sends what waits once there is signal, this page closed too: Chromium's Background Sync,
 * unless the person switched it off. Elsewhere the next opening sends, and the words say so.
 */
export function useWakes() {
  const name = 'background-sync' as PermissionName
  if (wakes.value)
    navigator.permissions?.query({ name }).then(
      ({ state }) => (wakes.value = state !== 'denied'),
      () => undefined, // the browser has no such name
    )
  return readonly(wakes)
}
