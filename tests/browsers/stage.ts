/**
 * The environment of a test file: a network of its own in front of the backend, and the backend's database.
 * Test files share the backend, so each checks only its own data.
 */
import pg from 'pg'
import { afterAll, afterEach, beforeAll, inject } from 'vitest'
import { startProxy, type NetworkProxy } from '../support/proxy'

/** How long a condition may take on a slow machine before a test fails. */
export const PATIENCE = { timeout: 30_000, interval: 100 }

export interface Stage {
  readonly network: NetworkProxy
  readonly database: pg.Pool
  /** A folder of this run. */
  readonly scratch: string
}

/** Starts the network before all tests of the file and ends its faults after each. */
export function useStage(): Stage {
  let network: NetworkProxy | undefined
  let database: pg.Pool | undefined
  beforeAll(async () => {
    const backend = inject('backend')
    network = await startProxy(backend.origin)
    database = new pg.Pool({ connectionString: backend.databaseUrl, max: 2 })
  })
  afterEach(() => network?.mend())
  afterAll(async () => {
    await network?.close()
    await database?.end()
  })
  const need = <T>(thing: T | undefined): T => {
    if (!thing) throw new Error('the stage is set in beforeAll')
    return thing
  }
  return {
    get network() {
      return need(network)
    },
    get database() {
      return need(database)
    },
    get scratch() {
      return inject('backend').scratch
    },
  }
}
