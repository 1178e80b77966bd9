const LATEST_MS = 3000

/** Runs `job` when the browser has painted and is idle; Safari, which cannot tell, waits for two frames. */
export function afterFirstPaint(job: () => Promise<void>): void {
  const run = () => void job().catch((error: unknown) => console.error(error))
  requestAnimationFrame(() =>
    setTimeout(() => {
      if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: LATEST_MS })
      else setTimeout(run, 200)
    }),
  )
}
