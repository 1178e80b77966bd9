import { onScopeDispose, type Ref, ref } from 'vue'

/** Whether the window has the width of a desktop, 60rem, at which the styles use two columns. */
export function useWide(): Readonly<Ref<boolean>> {
  const query = matchMedia('(min-width: 60rem)')
  const isWide = ref(query.matches)
  const follow = () => (isWide.value = query.matches)
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))
  return isWide
}
