/** RxDB's Supabase replication pulling into Dexie: once to the end, then again from its checkpoint. */
import type { RxJsonSchema } from 'rxdb/plugins/core'
import { expose } from '../support/expose'
import { takeLongTasks } from '../support/longTasks'
import { openCollection, replicate } from './rxdb'

interface Row {
  id: string
  convocatoria_id: string
  position: number
  title: string
  summary: string
  body: string
}

const text = { type: 'string' } as const
const schema: RxJsonSchema<Row> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 40 },
    convocatoria_id: text,
    position: { type: 'number' },
    title: text,
    summary: text,
    body: text,
  },
}
const rows = await openCollection('rows', schema, false)

/**
 * 200 rows a page, as in the app. The documentation's example uses 50, which needs four times the round trips.
 */
async function pull(): Promise<number> {
  const startedAt = performance.now()
  const replication = replicate(rows, 'rows', { pull: true, batchSize: 200, waitForLeadership: false })
  await replication.awaitInitialReplication()
  const took = performance.now() - startedAt
  await replication.cancel()
  return took
}

expose({
  pull,
  longTasks: takeLongTasks,
  rows: () => rows.count().exec().then(Number),
  changed: async (title: string) => (await rows.find({ selector: { title } }).exec()).length,
})
