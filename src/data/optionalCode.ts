import { defineAsyncComponent, type Component } from 'vue'

const LOST = 'vite:preloadError'
const stay = (event: Event) => event.stopImmediatePropagation()

/**
 * Imports code without which the page goes on. The page does not reload when that fails, as it does for a screen that a
 * deploy removed: somebody may be writing, or have chosen a file. Rejects as the import does.
 */
export async function importOptional<T>(load: () => Promise<T>): Promise<T> {
  window.addEventListener(LOST, stay, { capture: true })
  return await load().finally(() => window.removeEventListener(LOST, stay, { capture: true }))
}

/** A component without which the page goes on. `instead` stands for it where its code is not here and cannot be fetched. */
export const optionalComponent = (
  load: () => Promise<{ default: Component }>,
  instead: Component = () => null,
): Component =>
  defineAsyncComponent(() =>
    importOptional(load).then(
      ({ default: component }) => component,
      () => instead,
    ),
  )
