/** A screen that a test leaves may still be loading a part of itself, which fails once the test's environment is gone. */
import { afterAll, vi } from 'vitest'

afterAll(() => vi.dynamicImportSettled())
