/** Lets the frame know that the page has a bar of actions, so that only one thing sticks to the bottom. */
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

/** For the frame: how many pages on the screen have a bar. */
export function provideActionBars(): Readonly<Ref<number>> {
  const bars = shallowRef(0)
  provide(KEY, bars)
  return readonly(bars)
}

/** For a page: counted while `present` is true and the page lives. Without a frame it does nothing. */
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
