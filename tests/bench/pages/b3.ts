/** The app's pull, as an open page runs it. */
import '../support/stores'
import '@/features/kinds'
import { db } from '@/data/db'
import { syncNow } from '@/sync/start'
import { expose } from '../support/expose'
import { takeLongTasks } from '../support/longTasks'

async function pull(): Promise<number> {
  const startedAt = performance.now()
  await syncNow()
  return performance.now() - startedAt
}

expose({
  pull,
  longTasks: takeLongTasks,
  rows: () => db.base.where('[scope+entity]').equals(['public', 'insumo']).count(),
  /** The number of rows with the title that the server wrote last. */
  changed: (title: string) =>
    db.base.filter(({ row }) => (row as { title?: string }).title === title).count(),
})
