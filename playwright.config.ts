/** `npm run test:e2e` and `npm run test:long`: the app in a real browser. */
import { defineConfig } from '@playwright/test'

export default defineConfig({
  outputDir: 'test-results',
  globalSetup: './tests/e2e/globalSetup.ts',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['html', { open: 'never' }]],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'e2e', testDir: 'tests/e2e' },
    { name: 'long', testDir: 'tests/long', timeout: 45 * 60_000, workers: 1 },
  ],
})
