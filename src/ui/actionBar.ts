/** Tells the frame whether the page has an action bar, so that only one bar sticks to the bottom. */
import {
  inject,
  onScopeDispose,
  provide,
  readonly,
  shallowRef,
  watch,
  type InjectionKey,
  type Ref,
} from 'vue'

const KEY: InjectionKey<Ref<number>> = Symbol('action bars')

/** For the frame: the number of mounted pages that have an action bar. */
export function provideActionBars(): Readonly<Ref<number>> {
  const bars = shallowRef(0)
  provide(KEY, bars)
  return readonly(bars)
}

/** For a page: counts its action bar while `present` is true and the page is mounted. Does nothing without a frame. */
export function useActionBar(present: Readonly<Ref<boolean>>): void {
  const bars = inject(KEY, null)
  if (!bars) return
  let counted = 0
  const count = (next: 0 | 1) => {
    bars.value += next - counted
    counted = next
  }
  watch(present, (isThere) => count(isThere ? 1 : 0), { immediate: true })
  onScopeDispose(() => count(0))
}
