import { effectScope, reactive, type UnwrapNestedRefs } from 'vue'

/**
 * A state that the whole page shares, made when first asked for: what this app needs of a store library,
 * which would cost the first load 2.7 KB. Its refs are read without `.value`.
 */
export function oneForAll<State extends object>(make: () => State): () => UnwrapNestedRefs<State> {
  let state: UnwrapNestedRefs<State> | undefined
  return () => (state ??= reactive(effectScope(true).run(make)!))
}
