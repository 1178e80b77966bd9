import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const alias = { '@': fileURLToPath(new URL('./src', import.meta.url)) }

/** As every program begins: with the kinds of campaign that there are. */
const setupFiles = [fileURLToPath(new URL('./src/features/kinds.ts', import.meta.url))]

/** Real Postgres and real browsers: one file at a time, and time enough on a slow machine. */
const slow = { setupFiles, testTimeout: 60_000, hookTimeout: 180_000, maxWorkers: 1, fileParallelism: false }

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        plugins: [vue()],
        resolve: { alias },
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          setupFiles: [fileURLToPath(new URL('./tests/support/ownWorld.ts', import.meta.url)), ...setupFiles],
          isolate: false, // a process for each file took more than the tests: `ownWorld` gives each a world of its own
          maxWorkers: 1, // the files without a document first, then those with one: each kind in one process
          testTimeout: 30_000,
        },
      },
      {
        plugins: [vue()],
        resolve: { alias },
        test: {
          name: 'sql',
          sequence: { groupOrder: 1 },
          include: ['tests/sql/**/*.test.ts', 'tests/toy/**/*.test.ts'],
          globalSetup: 'tests/support/postgresSetup.ts',
          ...slow, // an open transaction in any database of the cluster holds back what others may pull
          isolate: false, // each file has a database of its own, and one process loads the modules once
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'faults',
          sequence: { groupOrder: 2 },
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: 'tests/support/postgresSetup.ts',
          ...slow,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'contract',
          sequence: { groupOrder: 3 },
          include: ['tests/contract/**/*.test.ts'],
          globalSetup: 'tests/contract/globalSetup.ts',
          ...slow,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'abuse', // `npm run test:abuse`: not part of `npm test`
          sequence: { groupOrder: 6 },
          include: ['tests/abuse/**/*.test.ts'],
          globalSetup: 'tests/contract/globalSetup.ts',
          ...slow,
          testTimeout: 150_000,
        },
      },
      {
        plugins: [vue()],
        resolve: { alias },
        test: {
          name: 'long', // `npm run test:long`: not part of `npm test`; its browser tests are Playwright's
          sequence: { groupOrder: 4 },
          include: ['tests/long/**/*.test.ts'],
          globalSetup: 'tests/support/postgresSetup.ts',
          ...slow,
          testTimeout: 45 * 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'deno', // `npm run test:deno`: not part of `npm test`
          sequence: { groupOrder: 6 },
          include: ['tests/deno/**/*.test.ts'],
          ...slow,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'browsers', // `npm run test:browsers`: not part of `npm test`
          sequence: { groupOrder: 5 },
          include: ['tests/browsers/**/*.test.ts'],
          globalSetup: 'tests/browsers/globalSetup.ts',
          ...slow,
          execArgv: 'WebSocket' in globalThis ? [] : ['--experimental-websocket'], // Node 20
        },
      },
    ],
  },
})
