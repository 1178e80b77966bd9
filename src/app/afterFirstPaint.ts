const LATEST_MS = 3000

/** Runs `job` after the first paint when the browser is idle. Safari does not report idleness, so it waits 200 ms. */
export function afterFirstPaint(job: () => Promise<void>): void {
  const run = () => void job().catch((error: unknown) => console.error(error))
  requestAnimationFrame(() =>
    setTimeout(() => {
      if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: LATEST_MS })
      else setTimeout(run, 200)
    }),
  )
}
