/**
 * The fixtures of the browser tests. Each worker has a backend of its own: a Postgres cluster, a storage folder
 * and a clock (`app.now()` is a function of the database), so no test affects another.
 *
 * The cluster is not shared, because an open transaction in any database of a cluster holds back the changes
 * that `pull_changes` returns in all of them. It is not copied from a template either: a new cluster with
 * migrations and seed takes 1.4 s and a copied data directory 0.7 s, once for each worker.
 */
import { test as base } from '@playwright/test'
import type pg from 'pg'
import {
  borrowPhone,
  openPhone,
  removeProfiles,
  printScreens,
  type Phone,
  type PhoneOptions,
} from '../support/browser'
import { startProxy, type NetworkProxy } from '../support/proxy'
import { startBackend, type Running } from './backend'
import { scratchOfRun } from './globalSetup'

export interface Stage {
  /** The proxy in front of the backend, for this test only. */
  readonly network: NetworkProxy
  readonly database: pg.Pool
  /** A folder of the whole run, for files that are made once and used by many tests (see `clips.ts`). */
  readonly scratch: string
  /** The folder of the app's files. */
  readonly dist: string
  /** Opens a phone on this network. One that is closed or killed and opened again begins with `newProfile()`. */
  phone(profile?: string, options?: PhoneOptions): Promise<Phone>
}

interface OfWorker {
  backend: Running
  /** Connections as the owner of the tables. */
  database: pg.Pool
  scratch: string
}

export const test = base.extend<{ network: NetworkProxy; stage: Stage }, OfWorker>({
  backend: [
    async ({}, use) => {
      const backend = await startBackend()
      await use(backend)
      await backend.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  database: [async ({ backend }, use) => use(backend.database), { scope: 'worker' }],
  scratch: [async ({}, use) => use(scratchOfRun()), { scope: 'worker' }],
  network: async ({ backend }, use) => {
    const network = await startProxy(backend.origin)
    await use(network)
    await network.close()
  },
  stage: async ({ backend, database, network, scratch }, use, testInfo) => {
    await use({
      network,
      database,
      scratch,
      dist: backend.dist,
      phone: (profile, options = {}) =>
        profile !== undefined || options.camera || options.notifications // few need these flags
          ? openPhone(network, profile, options)
          : borrowPhone(network, options),
    })
    if (testInfo.status !== testInfo.expectedStatus) await printScreens()
    await removeProfiles()
  },
})
