/** Whether the window fits two panes (60 rem), as a ref. */
import { onScopeDispose, readonly, ref } from 'vue'

export function useWide() {
  const query = matchMedia('(min-width: 60rem)')
  const wide = ref(query.matches)
  const follow = () => {
    wide.value = query.matches
  }
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))
  return readonly(wide)
}
