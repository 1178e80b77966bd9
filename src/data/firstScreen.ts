/**
 * What may wait until the first screen is painted: the database, the worker with its files, all that is below the
 * screen. On a slow phone their scripts and bytes would otherwise delay what the person came to read.
 */
const LATEST_MS = 3000

const awaited: Promise<unknown>[] = []
let turn: Promise<void> | undefined

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Resolves after the next paint when the browser is idle. Safari does not report idleness, so it waits 200 ms. */
const painted = (): Promise<void> =>
  new Promise((resolve) =>
    requestAnimationFrame(() =>
      setTimeout(() => {
        if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: LATEST_MS })
        else setTimeout(resolve, 200)
      }),
    ),
  )

async function allShown(): Promise<void> {
  const count = awaited.length
  await Promise.allSettled(awaited)
  if (awaited.length > count) await allShown()
}

async function wait(): Promise<void> {
  await Promise.race([allShown(), sleep(LATEST_MS)])
  await painted()
}

/** Adds what the first screen shows. Call it before the screen's other parts are there. */
export const awaitForFirstScreen = (shown: Promise<unknown>): void => void awaited.push(shown)

/** Resolves when the first screen is painted and the browser idle; without an answer after three seconds. */
export const afterFirstScreen = (): Promise<void> => (turn ??= wait())

/** Whether no worker serves the page: this phone then has no files, and most likely no data either. */
export const isFirstVisit = (): boolean => import.meta.env.PROD && !navigator.serviceWorker?.controller

/** Resolves when the database may be opened: at once, on a first visit after the first screen. */
export const databaseTurn = (): Promise<void> => (isFirstVisit() ? afterFirstScreen() : Promise.resolve())
