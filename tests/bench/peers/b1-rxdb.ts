/** RxDB on Dexie: a proposal is saved when `insert` resolves. The push replication runs without network. */
import { expose, watchDurability } from '../support/expose'
import { proposalOf, type Proposal } from '../support/words'
import { proposalSchema } from './proposals'
import { openCollection, replicate } from './rxdb'

watchDurability()
let written = 0
let replication: ReturnType<typeof replicate<Proposal>> | null = null
const samples: number[] = []

const proposals = await openCollection('proposals', proposalSchema, location.search.includes('strict'))
const one = () => proposalOf(written++)

async function fill(count: number): Promise<void> {
  await proposals.bulkInsert(Array.from({ length: count - written }, one))
  replication ??= replicate(proposals, 'proposals', { push: true })
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
