/**
 * A screen that a test leaves may still be loading a part of itself, which fails once the test's environment is gone, or
 * save what was typed in it, which the next test would find. So each is taken down after its test.
 */
import { afterAll, afterEach, vi } from 'vitest'

if ('document' in globalThis) {
  const { enableAutoUnmount } = await import('@vue/test-utils')
  enableAutoUnmount(afterEach)
}
afterAll(() => vi.dynamicImportSettled())
