/**
 * RxDB on Dexie, replicated live both ways as rxdb.info/replication-supabase describes, with
 * `waitForLeadership` and `retryTime` at their defaults. There is no Realtime server; its effect on a phone
 * that reconnects (RESYNC) is `reSync()`, which the benchmark calls where an app would have reconnected.
 */
import type { RxJsonSchema } from 'rxdb/plugins/core'
import { expose } from '../support/expose'
import { openCollection, replicate } from './rxdb'

interface Row {
  id: string
  rev: number
}

const schema: RxJsonSchema<Row> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 40 }, rev: { type: 'number' } },
  required: ['id', 'rev'],
}
const records = await openCollection('records', schema, false)
const replication = replicate(records, 'records', { pull: true, push: true, live: true })

async function save(id: string, rev: number): Promise<void> {
  if (rev === 1) await records.insert({ id, rev })
  else await (await records.findOne(id).exec())!.incrementalPatch({ rev })
  void window.promised(id, rev)
}

const all = async () => (await records.find().exec()).map((one) => one.toJSON())

/** Waits until the replication is in sync, for 3 s at most. */
async function pull(): Promise<void> {
  replication.reSync()
  await Promise.race([replication.awaitInSync(), new Promise((resolve) => setTimeout(resolve, 3000))])
}

expose({
  save,
  pull,
  view: async () => Object.fromEntries((await all()).map(({ id, rev }) => [id, rev])),
  // The replication keeps trying to send the rows of the collection. A row that a conflict replaced (by default
  // the server's state wins) is no longer among them.
  pending: async (promised: Record<string, number>) =>
    (await all()).filter(({ id, rev }) => rev >= (promised[id] ?? 0)).map(({ id }) => id),
  shared: async () => (await all()).map(({ id }) => id),
})
