/** RxDB's Supabase replication, pushing its collection. */
import { expose } from '../support/expose'
import { proposalOf } from '../support/words'
import { proposalSchema } from './proposals'
import { openCollection, replicate } from './rxdb'

const proposals = await openCollection('proposals', proposalSchema, false)

expose({
  warm: async () => void (await fetch('/rest/v1/proposals?select=id&limit=1')),
  fill: (count: number, common: object) =>
    proposals.bulkInsert(Array.from({ length: count }, (_, index) => proposalOf(index, common))),
  drain: () =>
    replicate(proposals, 'proposals', { push: true, waitForLeadership: false }).awaitInitialReplication(),
})
