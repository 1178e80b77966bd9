/**
 * TanStack offline-transactions as its README and `skills/offline/SKILL.md` describe it: one executor, a named
 * mutation function, `createOfflineTransaction` … `mutate` … `commit`. Its `commit` resolves only when the
 * server has answered, so a proposal counts as saved when the outbox's IndexedDBAdapter has written it.
 */
import { createCollection, localOnlyCollectionOptions } from '@tanstack/db'
import { IndexedDBAdapter, startOfflineExecutor, type StorageAdapter } from '@tanstack/offline-transactions'
import { expose, watchDurability } from '../support/expose'
import { proposalOf, type Proposal } from '../support/words'

watchDurability()
let written = 0
const samples: number[] = []
const saved = new Map<string, () => void>()

const adapter = new IndexedDBAdapter()
const storage: StorageAdapter = {
  get: (key) => adapter.get(key),
  delete: (key) => adapter.delete(key),
  keys: () => adapter.keys(),
  clear: () => adapter.clear(),
  set: async (key, value) => {
    await adapter.set(key, value)
    saved.get(key)?.()
  },
}

const proposals = createCollection(
  localOnlyCollectionOptions<Proposal>({
    id: 'proposals',
    getKey: ({ id }) => id,
  }),
)
const executor = startOfflineExecutor({
  collections: { proposals },
  storage,
  mutationFns: {
    submit: async ({ transaction, idempotencyKey }) => {
      const body = JSON.stringify({ rows: transaction.mutations.map((one) => one.modified), idempotencyKey })
      const response = await fetch('/rest/v1/proposals', { method: 'POST', body })
      if (!response.ok) throw new Error(`status ${response.status}`)
      proposals.utils.acceptMutations(transaction)
    },
  },
})

/** Resolves when the outbox has stored the proposal. */
function save(): Promise<void> {
  const transaction = executor.createOfflineTransaction({ mutationFnName: 'submit', autoCommit: false })
  const isSaved = new Promise<void>((done) => saved.set(`tx:${transaction.id}`, done))
  const proposal = proposalOf(written++)
  transaction.mutate(() => void proposals.insert(proposal))
  transaction.commit().catch(() => undefined)
  return isSaved
}

document.getElementById('tap')!.addEventListener('click', async (event) => {
  await save()
  samples.push(performance.now() - event.timeStamp)
})

await executor.waitForInit()
expose({
  fill: async (count: number) => {
    while (written < count) await save()
  },
  prepare: () => undefined,
  queued: async () => (await executor.peekOutbox()).length,
  samples: () => samples.splice(0),
  durabilities: () => [...window.durabilities],
})
