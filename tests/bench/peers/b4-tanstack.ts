/**
 * TanStack offline-transactions (README, `skills/offline/SKILL.md`). The mutation function writes with
 * supabase-js and throws its errors; a row that already exists counts as done, as the documentation requires of
 * an idempotency key. In a tab that does not lead, a record counts as saved when the server has it.
 */
import { createClient } from '@supabase/supabase-js'
import { createCollection, localOnlyCollectionOptions, type PendingMutation } from '@tanstack/db'
import { IndexedDBAdapter, startOfflineExecutor, type StorageAdapter } from '@tanstack/offline-transactions'
import { expose } from '../support/expose'
import { KEY } from '../support/key'

interface Row {
  id: string
  rev: number
}

const adapter = new IndexedDBAdapter()
const saved = new Map<string, () => void>()
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
const client = createClient(location.origin, KEY, { auth: { persistSession: false } })
const records = createCollection(localOnlyCollectionOptions<Row>({ id: 'records', getKey: ({ id }) => id }))

async function write({ type, modified, key }: PendingMutation): Promise<void> {
  const { id, rev } = modified as unknown as Row
  const table = client.from('records_keyed')
  const { error } = await (type === 'insert'
    ? table.insert({ id, rev })
    : table.update({ rev }).eq('id', key))
  if (error && error.code !== '23505') throw new Error(error.message || 'the server did not answer')
}

const executor = startOfflineExecutor({
  collections: { records },
  storage,
  mutationFns: {
    write: async ({ transaction }) => {
      for (const mutation of transaction.mutations) await write(mutation as PendingMutation)
      records.utils.acceptMutations(transaction)
    },
  },
})

function save(id: string, rev: number): void {
  const transaction = executor.createOfflineTransaction({ mutationFnName: 'write', autoCommit: false })
  const tell = () => void window.promised(id, rev)
  if (executor.isOfflineEnabled) saved.set(`tx:${transaction.id}`, tell)
  transaction.mutate(() => {
    if (rev === 1 || !records.has(id)) records.insert({ id, rev })
    else records.update(id, (draft) => void (draft.rev = rev))
  })
  transaction.commit().then(executor.isOfflineEnabled ? () => undefined : tell, () => undefined)
}

await executor.waitForInit()
expose({
  save,
  view: () => Object.fromEntries(records.toArray.map(({ id, rev }) => [id, rev])),
  pending: async () =>
    (await executor.peekOutbox()).flatMap(({ mutations }) => mutations.map((one) => String(one.key))),
  pull: () => undefined,
  shared: () => [],
})
