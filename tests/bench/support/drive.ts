/** Driving a page of `buildPages` from the benchmark. */
import type { Page } from '@playwright/test'

/** Calls what the page exposed under this name, and waits for it. */
export const call = <T>(page: Page, name: string, ...args: unknown[]): Promise<T> =>
  page.evaluate(([fn, given]) => window.bench[fn]!(...given) as never, [name, args] as const)

/** Until the page has exposed what it can do. */
export const untilExposed = (page: Page) => page.waitForFunction(() => window.bench !== undefined)
