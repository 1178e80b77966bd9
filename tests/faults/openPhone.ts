import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { IDBFactory } from 'fake-indexeddb'
import { vi } from 'vitest'
import type { TestServer } from '@/sync/testing/fakeNetwork'
import type { FaultyPhone } from './faultyPhone'

/** Opens a phone on a disk of its own, or a second process on the disk of another phone. */
export async function openPhone(server: TestServer, seed = 1, disk = new IDBFactory()): Promise<FaultyPhone> {
  vi.resetModules()
  Dexie.dependencies.indexedDB = disk
  const { FaultyPhone } = await import('./faultyPhone')
  return new FaultyPhone(server, seed)
}
