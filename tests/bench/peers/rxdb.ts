/**
 * RxDB on Dexie storage with its Supabase replication, as rxdb.info/rx-storage-dexie and /replication-supabase
 * describe.
 */
import { createClient } from '@supabase/supabase-js'
import { createRxDatabase, type RxCollection, type RxJsonSchema } from 'rxdb/plugins/core'
import { replicateSupabase } from 'rxdb/plugins/replication-supabase'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import { KEY } from '../support/key'

/** `strict` sets Dexie's own option, so that a write is flushed as the app's is. */
export async function openCollection<T>(
  name: string,
  schema: RxJsonSchema<T>,
  strict: boolean,
): Promise<RxCollection<T>> {
  const database = await createRxDatabase({
    name: 'bench',
    storage: getRxStorageDexie(strict ? ({ chromeTransactionDurability: 'strict' } as object) : {}),
  })
  const collections = await database.addCollections({ [name]: { schema } })
  return collections[name] as RxCollection<T>
}

export interface Replicating {
  pull?: boolean
  push?: boolean
  batchSize?: number
  /** By default, as documented, only the leading tab replicates. The election takes a moment. */
  waitForLeadership?: boolean
  /** Whether the replication continues after its first run. */
  live?: boolean
}

/**
 * Starts a replication with `batchSize: 50` both ways, as in the documentation's example. The embedded backend
 * has no Realtime server, so measured runs are `live` without pull, or not live.
 */
export function replicate<T>(
  collection: RxCollection<T>,
  table: string,
  { pull = false, push = false, batchSize = 50, waitForLeadership = true, live = !pull }: Replicating,
) {
  const client = createClient(location.origin, KEY, { auth: { persistSession: false } })
  return replicateSupabase<T>({
    tableName: table,
    client: client as never,
    collection,
    replicationIdentifier: `${table}-supabase`,
    live,
    waitForLeadership,
    ...(pull && { pull: { batchSize } }),
    ...(push && { push: { batchSize } }),
  })
}
