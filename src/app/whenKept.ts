/** Enough for a slow phone to cache the app's files. */
const LONGEST_WAIT_MS = 15_000

/**
 * Resolves when the worker controls this page. On a first visit it has then cached every file, so later imports cost no
 * second transfer. Without workers it resolves at once.
 */
export function whenKept(): Promise<void> {
  const { serviceWorker } = navigator
  if (!import.meta.env.PROD || !serviceWorker || serviceWorker.controller) return Promise.resolve()
  return new Promise((resolve) => {
    serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true })
    setTimeout(resolve, LONGEST_WAIT_MS)
  })
}
