/** `npm run test:e2e` and `npm run test:long`: the app in a real browser. */
import { defineConfig } from '@playwright/test'

const RESULTS = 'test-results'
/** The tag of what is run before a release and not for every change (decision 0112). */
const LONG = /@long/u

export default defineConfig({
  testMatch: '**/*.spec.ts', // those of Vitest end in .test.ts
  outputDir: `${RESULTS}/artifacts`,
  globalSetup: './tests/e2e/globalSetup.ts',
  fullyParallel: true,
  forbidOnly: true,
  retries: 1, // scripts/reports.ts says what becomes of a test that passes only then
  workers: 3, // one more than the smallest machine has cores, because tests also wait (for timers, jobs, uploads)
  timeout: 300_000, // a busy machine of two cores was seen to take three times as long as a quiet one
  expect: { timeout: 90_000 },
  reporter: [
    ['list'],
    ['html', { open: 'never', outputFolder: `${RESULTS}/report` }],
    ['json', { outputFile: `${RESULTS}/e2e.json` }],
  ],
  // a trace takes a fifth of the time of a test, so only the repetition of a failed one is traced
  use: { trace: { mode: 'on-first-retry', screenshots: false }, screenshot: 'only-on-failure' },
  projects: [
    { name: 'e2e', testDir: 'tests/e2e', grepInvert: LONG },
    { name: 'e2e-long', testDir: 'tests/e2e', grep: LONG },
    { name: 'long', testDir: 'tests/long', timeout: 45 * 60_000, workers: 1, use: { trace: 'off' } },
  ],
})
