/** Long enough for a slow phone to keep the app's files; after it, waiting helps nobody. */
const PATIENCE_MS = 15_000

/**
 * Resolves once the worker serves this page. On a first visit it has just fetched every file to keep it, so
 * what is asked for afterwards costs no second transfer. Without workers it resolves at once.
 */
export function whenKept(): Promise<void> {
  const { serviceWorker } = navigator
  if (!import.meta.env.PROD || !serviceWorker || serviceWorker.controller) return Promise.resolve()
  return new Promise((resolve) => {
    serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true })
    setTimeout(resolve, PATIENCE_MS)
  })
}
