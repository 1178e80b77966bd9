/**
 * The fixtures of the browser tests. Each worker has a backend of its own: a Postgres cluster, a storage
 * folder and a clock (`app.now()` is a function of the database), so no test moves what another one sees.
 *
 * The cluster is not shared, because a transaction that is open in any database of a cluster holds back what
 * `pull_changes` hands out in all of them. It is not copied from a template either: measured, a cluster made
 * from nothing with migrations and seed takes 1.4 s and a copied data directory 0.7 s, once for each worker.
 */
import { test as base } from '@playwright/test'
import type pg from 'pg'
import { openPhone, removeProfiles, tellWhatIsShown, type Phone, type PhoneOptions } from '../support/browser'
import { startProxy, type NetworkProxy } from '../support/proxy'
import { startBackend, type Running } from './backend'
import { scratchOfRun } from './globalSetup'

export interface Stage {
  /** In front of the backend, and this test's alone. */
  readonly network: NetworkProxy
  readonly database: pg.Pool
  /** A folder of the whole run, for what is made once and used by many (see `clips.ts`). */
  readonly scratch: string
  /** The folder of the app's files. */
  readonly dist: string
  /** A phone on this network; on a profile of before to open the same phone again. */
  phone(profile?: string, options?: PhoneOptions): Promise<Phone>
}

interface OfWorker {
  backend: Running
  /** As the owner of its tables. */
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
      phone: (profile, options) => openPhone(network, profile, options),
    })
    if (testInfo.status !== testInfo.expectedStatus) await tellWhatIsShown()
    await removeProfiles()
  },
})
