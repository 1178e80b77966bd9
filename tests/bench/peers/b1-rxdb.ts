/** RxDB-Dexie: saved is when `insert` resolves; the push replication is running and finds no network. */
import type { RxJsonSchema } from 'rxdb/plugins/core'
import { expose, watchDurability } from '../support/expose'
import { wordsOf, type Words } from '../support/words'
import { openCollection, replicate } from './rxdb'

watchDurability()
let written = 0
const samples: number[] = []

type Proposal = Words & { id: string }
const text = { type: 'string' } as const
const schema: RxJsonSchema<Proposal> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 40 }, body: text, sector: text, municipality: text },
  required: ['id', 'body'],
}
const proposals = await openCollection('proposals', schema, location.search.includes('strict'))
const one = (): Proposal => ({ id: crypto.randomUUID(), ...wordsOf(written++) })

async function fill(count: number): Promise<void> {
  await proposals.bulkInsert(Array.from({ length: count - written }, one))
  replicate(proposals, 'proposals', { push: true })
}

document.getElementById('tap')!.addEventListener('click', async (event) => {
  await proposals.insert(one())
  samples.push(performance.now() - event.timeStamp)
})

expose({
  fill,
  prepare: () => undefined,
  queued: () => proposals.count().exec(),
  samples: () => samples.splice(0),
  durabilities: () => [...window.durabilities],
})
