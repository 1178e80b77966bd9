/** Drives a page of `buildPages` from the benchmark. */
import type { Page } from '@playwright/test'

/** Calls a function that the page exposed, and waits for its result. */
export const call = <T>(page: Page, name: string, ...args: unknown[]): Promise<T> =>
  page.evaluate(([fn, given]) => window.bench[fn]!(...given) as never, [name, args] as const)

/** Waits until the page has exposed its functions. */
export const untilExposed = (page: Page) => page.waitForFunction(() => window.bench !== undefined)
