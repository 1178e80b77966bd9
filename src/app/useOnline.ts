import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'

/** Whether the phone says it has a network. It may be wrong about «yes», never about «no». */
export function useOnline() {
  const online = shallowRef(navigator.onLine)
  const follow = () => (online.value = navigator.onLine)
  window.addEventListener('online', follow)
  window.addEventListener('offline', follow)
  onScopeDispose(() => {
    window.removeEventListener('online', follow)
    window.removeEventListener('offline', follow)
  })
  return shallowReadonly(online)
}
